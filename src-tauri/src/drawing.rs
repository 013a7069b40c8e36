//! How a window is drawn on a machine without a graphics processor.

use tauri::WebviewWindow;

/// Lets the processor draw the window itself where there is nothing else to draw it.
///
/// The webview otherwise composes every frame through an emulated graphics processor: on such a machine the frame
/// that shows an edited figure waits several times as long as it took to compute it.
#[cfg(target_os = "linux")]
pub(crate) fn suit(window: &WebviewWindow) {
    use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt, WebViewExt};

    if has_graphics_processor() {
        return;
    }
    // A window that has been closed meanwhile is drawn no more.
    let _ = window.with_webview(|webview| {
        if let Some(settings) = webview.inner().settings() {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
    });
}

/// Elsewhere the system's own webview decides well.
#[cfg(not(target_os = "linux"))]
pub(crate) fn suit(_window: &WebviewWindow) {}

/// Every graphics processor that programs may draw with has a render node.
#[cfg(target_os = "linux")]
fn has_graphics_processor() -> bool {
    std::fs::read_dir("/dev/dri").is_ok_and(|devices| {
        devices.flatten().any(|device| device.file_name().to_string_lossy().starts_with("renderD"))
    })
}
