// A WebKitGTK with a profile that is kept, scripts that run before the page's own, and mock cameras.
// WebKitWebDriver starts it (webkit.ts) with: profile, width, height, language, scripts…
/* global imports, ARGV */
imports.gi.versions.Gtk = '3.0';
imports.gi.versions.WebKit2 = '4.1';
const { Gio, GLib, Gtk, WebKit2 } = imports.gi;

Gtk.init(null);
const [profile, width, height, language, ...scripts] = ARGV;

const { get_unix_pid } = Gio.Credentials.prototype;
GLib.file_set_contents(`${profile}/pid`, String(get_unix_pid.call(new Gio.Credentials())));

const context = new WebKit2.WebContext({
  website_data_manager: new WebKit2.WebsiteDataManager({
    base_data_directory: `${profile}/data`,
    base_cache_directory: `${profile}/cache`,
  }),
});
context.set_automation_allowed(true);
context.set_preferred_languages([language]);

const content = new WebKit2.UserContentManager();
for (const path of scripts) {
  const source = new TextDecoder().decode(GLib.file_get_contents(path)[1]);
  const { TOP_FRAME } = WebKit2.UserContentInjectedFrames;
  const { START } = WebKit2.UserScriptInjectionTime;
  content.add_script(new WebKit2.UserScript(source, TOP_FRAME, START, null, null));
}

function newView() {
  const view = new WebKit2.WebView({
    web_context: context,
    user_content_manager: content,
    settings: new WebKit2.Settings({
      enable_media_stream: true,
      enable_mock_capture_devices: true,
    }),
    is_controlled_by_automation: true,
  });
  view.connect('permission-request', (_, request) => {
    request.allow();
    return true;
  });
  const window = new Gtk.Window({ default_width: Number(width), default_height: Number(height) });
  view.connect('close', () => window.destroy());
  window.add(view);
  window.show_all();
  return view;
}

context.connect('automation-started', (_, session) => {
  session.connect('create-web-view', newView);
});
Gtk.main();
