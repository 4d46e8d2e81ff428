/** What a kiosk reads codes with; `none`: a hardware scanner alone. */
export const kioskCameras = ['front', 'back', 'none'] as const;
export type KioskCamera = (typeof kioskCameras)[number];
