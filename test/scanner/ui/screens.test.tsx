// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { epochMillis } from '../../../src/core/units.ts';
import type { AppState } from '../../../src/scanner/app/state.ts';
import { App } from '../../../src/scanner/ui/app.tsx';
import { UiContext } from '../../../src/scanner/ui/use-ui.ts';
import { screens } from '../../support/gallery/screens.ts';
import {
  cardOf,
  readyState,
  someEntries,
  someReport,
  someShift,
} from '../../support/gallery/states.ts';
import { renderApp } from './render-app.tsx';

const { shift: _, ...offShift } = readyState;
/** Taps and lets what it opens load. */
const tap = async (name: string | RegExp) => {
  fireEvent.click(screen.getByRole('button', { name }));
  await act(async () => {
    await vi.dynamicImportSettled();
    await new Promise((resolve) => setTimeout(resolve, 0));
  });
};
const described = (field: HTMLElement) =>
  document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent;
const body = () => document.body.textContent ?? '';

describe('DEMO', () => {
  it.each(Object.keys(screens))('is said on the screen "%s"', async (name) => {
    const shown = screens[name];
    if (shown === undefined) throw new RangeError(name);
    renderApp(shown.state);
    const top = screen.queryByLabelText('核验结果') ?? document.body;
    expect(top.textContent).toContain('DEMO');
    for (const sheet of ['本班', '设置']) {
      if (
        screen.queryByRole('button', { name: sheet }) === null ||
        shown.state.card ||
        shown.state.choice
      )
        continue;
      await tap(sheet);
      expect(screen.getByRole('dialog').textContent).toContain('DEMO');
      await tap('关闭');
    }
  });

  it('is not said when the keys are real', async () => {
    renderApp({ demo: false });
    expect(body()).not.toContain('DEMO');
  });
});

describe('before a shift', () => {
  it('offers the demo gate in both languages and says what to do when offline', async () => {
    const { actions } = renderApp({ ...offShift, phase: 'enrol', enrolling: 'offline' });
    fireEvent.click(screen.getByRole('button', { name: /体验演示卡口.*Try the demo gate/ }));
    expect(actions.enrolDemo).toHaveBeenCalledOnce();
    expect(screen.getByRole('alert').textContent).toContain('请先联网一次');
  });

  it('names a failure, its remedy and its code', async () => {
    renderApp({ phase: 'failed', fault: 'storage-unavailable' });
    const words = screen.getByRole('alert').textContent;
    for (const part of ['无痕模式', 'private mode', 'storage-unavailable'])
      expect(words).toContain(part);
  });

  it('says so too where the app could not start and nothing can be asked of it', () => {
    const store = createStore<AppState>(() => ({
      ...offShift,
      phase: 'failed',
      fault: 'internal',
    }));
    const [mountCamera, testScanner] = [() => () => undefined, () => () => undefined];
    render(
      <UiContext value={{ store, mountCamera, testScanner, version: '0.1.0' }}>
        <App />
      </UiContext>,
    );
    expect(screen.getByRole('alert').textContent).toContain('internal');
  });

  it('starts a shift only with an operator, and trims the name', async () => {
    const { actions, store } = renderApp();
    act(() => store.setState(offShift, true));
    expect(body()).toContain('海河小区东门');
    expect(body()).toContain('居民小区');
    const start = screen.getByRole('button', { name: '上班，开始扫码' });
    await act(async () => void fireEvent.click(start));
    expect(actions.startShift).not.toHaveBeenCalled();
    const field = screen.getByLabelText('工号或姓名');
    expect(document.activeElement).toBe(field);
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(described(field)).toBe('先填工号或姓名');
    fireEvent.change(screen.getByLabelText('工号或姓名'), { target: { value: ' 07 ' } });
    await act(async () => void fireEvent.click(start));
    expect(actions.startShift).toHaveBeenCalledExactlyOnceWith('07', undefined);
  });
});

describe('the scan screen', () => {
  it('puts the camera in once and keeps it behind a verdict', async () => {
    const { mountCamera, unmountCamera, store } = renderApp();
    act(() => store.setState({ card: cardOf({ state: 'stop', reason: 'revoked' }) }));
    expect(mountCamera).toHaveBeenCalledOnce();
    expect(unmountCamera).not.toHaveBeenCalled();
  });

  it.each([
    ['off', '点屏开始扫码'],
    ['paused', '点屏继续扫码'],
  ] as const)('starts a camera that is %s at a tap', async (kind, words) => {
    const { actions } = renderApp({ camera: { kind } });
    await tap(words);
    expect(actions.startCamera).toHaveBeenCalledOnce();
  });

  it.each(['denied', 'missing', 'unsupported', 'busy', 'insecure', 'failed'] as const)(
    'says in two languages what to do when the camera is %s, and offers retry and a picture',
    async (problem) => {
      const { actions } = renderApp({ camera: { kind: 'problem', problem } });
      await act(() => vi.dynamicImportSettled());
      const words = screen.getByRole('alert').textContent ?? '';
      expect(words).toMatch(/[\u4e00-\u9fff]{4}/);
      expect(words).toMatch(/[A-Za-z]{3} /);
      await tap('重试');
      expect(actions.startCamera).toHaveBeenCalledOnce();
      expect(screen.getAllByLabelText('图片').length).toBe(2);
    },
  );

  it.each([
    ['ios-home', '划掉'],
    ['ios-safari', '网站设置'],
    ['ios-other', '手机“设置”'],
    ['android-home', '长按卡口图标'],
    ['android', '权限'],
    ['in-app', '在浏览器打开'],
    ['firefox', '清除阻止'],
    ['safari', '此网站的设置'],
    ['chrome', '会自己继续'],
    ['edge', '锁'],
    ['other', '网站设置里允许摄像头'],
  ] as const)('says how to allow the camera on this very phone: %s', async (browser, words) => {
    renderApp({
      camera: { kind: 'problem', problem: 'denied' },
      phone: { installWay: 'none', browser, decoder: 'wasm', persisted: true },
    });
    await act(() => vi.dynamicImportSettled());
    expect(screen.getByRole('alert').textContent).toContain(words);
  });

  it('sends a guard out of a window inside another app, which has no camera to give', async () => {
    const phone = {
      installWay: 'in-app',
      browser: 'in-app',
      decoder: 'wasm',
      persisted: false,
    } as const;
    renderApp({ camera: { kind: 'problem', problem: 'missing' }, phone });
    await act(() => vi.dynamicImportSettled());
    expect(screen.getByRole('alert').textContent).toContain('在浏览器打开');
  });

  it('offers torch and lens only where the camera has them', async () => {
    const { actions, store } = renderApp({ camera: { kind: 'live', torch: true, lenses: 2 } });
    await tap('补光');
    expect(actions.setTorch).toHaveBeenLastCalledWith(true);
    const lit = { kind: 'live', torch: true, torchOn: true, lenses: 2 } as const;
    act(() => store.setState({ camera: lit }));
    await tap('补光');
    expect(actions.setTorch).toHaveBeenLastCalledWith(false);
    await tap('换镜头');
    expect(actions.nextLens).toHaveBeenCalledOnce();
    act(() => store.setState({ camera: { kind: 'live', torch: false, lenses: 1 } }));
    expect(screen.queryByRole('button', { name: '补光' })).toBeNull();
    expect(screen.queryByRole('button', { name: '换镜头' })).toBeNull();
  });

  it('reads a picture and says when there is no code in it', async () => {
    const { actions, store } = renderApp();
    const file = new File(['x'], 'x.png', { type: 'image/png' });
    await act(
      async () =>
        void fireEvent.change(screen.getByLabelText('图片'), { target: { files: [file] } }),
    );
    expect(actions.readPicture).toHaveBeenCalledWith(file);
    act(() => store.setState({ picture: 'none' }));
    expect(body()).toContain('图片里没有找到码');
  });

  it.each([
    ['none', '或用摄像头扫', 'or use the camera'],
    ['picture-unreadable', '请截屏后再选', 'Take a screenshot'],
    ['picture-too-large', '请裁剪到只剩码', 'Crop it to the code'],
    ['decoder-failed', '请重新打开卡口', 'Open Kakou again'],
    ['no-shift', '请先上班', 'start the shift or end the break'],
    ['card-first', '请先处理当前结果', 'close the card first'],
  ] as const)(
    'says of a picture that is %s what to do, in the words of its language',
    (picture, zh, en) => {
      renderApp({ picture });
      expect(body()).toContain(zh);
      cleanup();
      renderApp({ picture, settings: { ...readyState.settings, language: 'en' } });
      expect(body()).toContain(en);
    },
  );

  it('raises a red alarm while scans cannot be saved', async () => {
    renderApp({ storageFault: 'storage-quota' });
    expect(screen.getByRole('alert').textContent).toContain('先不要放行');
  });

  it('offers an update and takes it only on a tap', async () => {
    const { actions } = renderApp({ updateReady: true });
    expect(actions.applyUpdate).not.toHaveBeenCalled();
    await tap('更新');
    expect(actions.applyUpdate).toHaveBeenCalledOnce();
  });

  it('closes an open sheet when a verdict comes, so that nothing covers it', async () => {
    const { store } = renderApp();
    await tap('设置');
    act(() => store.setState({ card: cardOf({ state: 'stop', reason: 'revoked' }) }));
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

describe('the shift sheet', () => {
  it('lists scans with the last decision, and which are uploaded', async () => {
    renderApp({ recent: someEntries, sync: { unsynced: 1, busy: false } });
    await tap('本班');
    const rows = screen.getByRole('dialog').querySelectorAll('ol > li');
    expect([...rows].slice(0, 3).map((row) => row.textContent?.replace(/^[\d:]+/, ''))).toEqual([
      '通行放行健康码有效 · 天津健康码 · 绿码待上传',
      '通行放行健康码有效 · 河北健康码已上传',
      '拦截不放行体温异常 · 天津健康码 · 37.6℃已上传',
    ]);
  });

  it('says when the phone may be handed back, and when not', async () => {
    const { store, actions } = renderApp();
    await tap('本班');
    expect(body()).toContain('已全部上传，可以交还手机');
    act(() => store.setState({ sync: { unsynced: 3, busy: false, problem: 'not-the-hub' } }));
    expect(body()).not.toContain('可以交还手机');
    expect(body()).toContain('还有 3 条待上传');
    expect(body()).toContain('请登录');
    await tap('立即上传');
    expect(actions.syncNow).toHaveBeenCalledOnce();
  });

  it('makes the file on one tap and shares it on the next', async () => {
    const { actions, store } = renderApp();
    await tap('本班');
    await tap('Excel 表格');
    expect(actions.prepareExport).toHaveBeenCalledExactlyOnceWith('xlsx', undefined);
    act(() =>
      store.setState({ exportReady: { name: 'a.xlsx', format: 'xlsx', shift: 's', entries: 3 } }),
    );
    await tap('分享 a.xlsx');
    expect(actions.shareExport).toHaveBeenCalledOnce();
  });

  it('hands the shift over only to somebody with a name', async () => {
    const { actions } = renderApp();
    await tap('本班');
    await tap('交接');
    const go = screen.getAllByRole('button', { name: '交接' }).at(-1);
    if (go) fireEvent.click(go);
    expect(actions.handOver).not.toHaveBeenCalled();
    expect(described(screen.getByLabelText('谁接班？工号或姓名'))).toBe('先填工号或姓名');
    fireEvent.change(screen.getByLabelText('谁接班？工号或姓名'), { target: { value: ' 12 ' } });
    await act(async () => void fireEvent.submit(screen.getByLabelText('谁接班？工号或姓名')));
    expect(actions.handOver).toHaveBeenCalledExactlyOnceWith('12', undefined);
  });

  it('has a break, and goes on from it with one tap', async () => {
    const { actions, store } = renderApp();
    await tap('本班');
    await tap('休息');
    expect(actions.pauseShift).toHaveBeenCalledOnce();
    act(() => store.setState({ shift: { ...someShift, pausedAt: epochMillis(1) } }));
    await tap('休息中，点屏继续');
    expect(actions.resumeShift).toHaveBeenCalledOnce();
  });
});

describe('the summary of a shift', () => {
  it('says whether the log is whole, and draws nothing it does not also say in numbers', async () => {
    const { store, actions } = renderApp();
    act(() => store.setState({ ...offShift, summary: someReport }, true));
    await act(async () => void (await vi.dynamicImportSettled()));
    expect(body()).toContain('记录完整');
    for (const table of screen.getAllByRole('table')) {
      for (const bar of table.querySelectorAll('svg')) {
        expect(bar.closest('tr')?.querySelector('td:last-child')?.textContent).toMatch(/^[\d,]+$/);
      }
    }
    const broken = { ...someReport, chainBreak: { at: 7, problem: 'hash' as const } };
    act(() => store.setState({ summary: broken }));
    expect(body()).toContain('从第 7 条起不完整');
    await tap('完成');
    expect(actions.closeSummary).toHaveBeenCalledOnce();
  });
});

describe('ending a shift', () => {
  it('asks before it ends the shift', async () => {
    const { actions } = renderApp({ sync: { unsynced: 3, busy: false } });
    await tap('本班');
    await tap('下班');
    expect(actions.endShift).not.toHaveBeenCalled();
    expect(body()).toContain('还有 3 条未上传');
    const end = () =>
      fireEvent.click(screen.getAllByRole('button', { name: '下班' }).at(-1) ?? document.body);
    end(); // the second of two quick taps on 下班
    expect(actions.endShift).not.toHaveBeenCalled();
    await vi.waitFor(() => expect(document.querySelector('[data-deaf]')).toBeNull());
    end();
    expect(actions.endShift).toHaveBeenCalledOnce();
  });
});

describe('settings', () => {
  it('say what the desk has set for this gate, and nothing where it set nothing', async () => {
    renderApp();
    await tap('设置');
    expect(body()).not.toContain('管理平台的设置');
    cleanup();
    const iat = Date.UTC(2026, 5, 1, 8) / 1000;
    renderApp({
      desk: { gate: 'demo-1', iat, rapid: true, passBackS: 630, language: 'en', pin: true },
    });
    await tap('设置');
    for (const said of [
      '管理平台的设置',
      '(demo-1)',
      '快速通行：开',
      '10.5 分钟',
      'English',
      '班长密码由管理平台设置',
    ])
      expect(body()).toContain(said);
  });

  it('change language, theme and return time at once', async () => {
    const { actions } = renderApp();
    await tap('设置');
    fireEvent.click(screen.getByLabelText('强光'));
    expect(document.documentElement.dataset['theme']).toBe('strong');
    fireEvent.click(screen.getByLabelText('3 秒'));
    expect(actions.setSettings).toHaveBeenLastCalledWith({ autoReturnS: 3 });
    fireEvent.click(screen.getByLabelText('声音'));
    expect(actions.setSettings).toHaveBeenLastCalledWith({ sound: false });
    await act(async () => void fireEvent.click(screen.getByLabelText('English')));
    expect(document.documentElement.lang).toBe('en');
    expect(body()).toContain('Settings');
  });
});

describe('help with the camera', () => {
  it.each([
    ['distance', '靠近一点'],
    ['torch', '补光'],
    ['clean-lens', '镜头'],
    ['manual', '手工登记'],
  ] as const)('says what may help: %s', (hint, words) => {
    const { store } = renderApp({ camera: { kind: 'live', torch: true, lenses: 1 } });
    expect(screen.getByLabelText('摄像头画面').textContent).toContain('把健康码放进框里');
    act(() => store.setState({ camera: { kind: 'live', torch: true, lenses: 1, hint } }));
    expect(screen.getByLabelText('摄像头画面').textContent).toContain(words);
  });

  it('shows the zoom in force and asks for the next, and a torch that went off by itself is off', async () => {
    const live = { kind: 'live', torch: true, lenses: 1 } as const;
    const { actions, store } = renderApp({ camera: { ...live, zoom: 2, torchOn: true } });
    expect(screen.getByRole('button', { name: '补光' }).getAttribute('aria-pressed')).toBe('true');
    await tap(/2×.*放大|放大/);
    expect(actions.nextZoom).toHaveBeenCalledOnce();
    act(() => store.setState({ camera: { ...live, zoom: 3, torchOn: false } }));
    expect(screen.getByRole('button', { name: '补光' }).getAttribute('aria-pressed')).toBe('false');
    expect(screen.getByRole('button', { name: /放大/ }).textContent).toContain('3×');
  });
});

describe('a window of another app', () => {
  it('is named on the first screen, with the way out and the address', () => {
    renderApp({ phase: 'enrol', enrolWindow: 'wechat' });
    const { textContent } = screen.getByRole('alert');
    for (const word of ['微信', '在浏览器打开', location.host]) expect(textContent).toContain(word);
  });
});

describe('a hardware scanner set up wrongly', () => {
  it.each([
    ['alt-codes', 'Alt'],
    ['wrong-case', '大小写'],
    ['wrong-layout', '美国英语'],
    ['input-method', '输入法'],
  ] as const)('is told with what to set: %s', async (wedgeTrouble, words) => {
    renderApp({ wedgeTrouble });
    expect((await screen.findByRole('alert')).textContent).toContain(words);
  });
});

function Broken(): never {
  throw new Error('broken by the test');
}

describe('a screen that breaks', () => {
  it('says so and offers to open again, and is never blank or green', () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    renderApp({}, <Broken />);
    expect(screen.getByRole('alert').textContent).toContain('出错了');
    expect(screen.getByRole('button', { name: '重新打开' })).toBeDefined();
    vi.restoreAllMocks();
  });
});
