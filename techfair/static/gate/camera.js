/** The camera: getting it, keeping it, and saying why there is none. */

const IN_APP = /Zalo|FBAN|FBAV|FB_IAB|Instagram|Line\/|MicroMessenger|TikTok/i;
const REASONS = { NotAllowedError: "denied", SecurityError: "denied", NotFoundError: "none", OverconstrainedError: "none" };

/** Why there is no camera: insecure, in_app, unsupported, denied, none or busy. */
export function whyMissing({ error, isSecure, userAgent, mediaDevices }) {
  if (!isSecure) return "insecure";
  if (IN_APP.test(userAgent) && (!mediaDevices || error?.name === "NotAllowedError")) return "in_app";
  if (!mediaDevices?.getUserMedia) return "unsupported";
  return REASONS[error?.name] ?? "busy";
}

/**
 * Show the camera in `video`, and again whenever it ended while the page was away. Tells `onState("on")`, or the
 * reason why there is none. `chosen()` names a camera, `onStream` sees what was opened. Answers `{open, end}`: to ask for it anew, and to give it back for good.
 */
export function keepCamera({ video, page, mediaDevices, isSecure, userAgent, onState, chosen = () => null, onStream }) {
  let stream = null;
  let isWanted = true;

  async function open() {
    try {
      if (!isSecure || !mediaDevices?.getUserMedia) throw new Error("no camera here");
      for (const track of stream?.getTracks() ?? []) track.stop(); // another camera was chosen
      const id = chosen();
      const which = id ? { deviceId: { ideal: id } } : { facingMode: "environment" };
      stream = await mediaDevices.getUserMedia({
        video: { ...which, width: { ideal: 1280 }, height: { ideal: 720 } },
        audio: false,
      });
      if (!isWanted) return end();
      for (const track of stream.getTracks()) track.addEventListener("ended", () => onState("ended"));
      video.srcObject = stream;
      await video.play();
      onState("on");
      await onStream?.(stream);
    } catch (error) {
      onState(whyMissing({ error, isSecure, userAgent, mediaDevices }));
    }
  }

  function end() {
    isWanted = false;
    for (const track of stream?.getTracks() ?? []) track.stop();
    video.srcObject = stream = null;
  }

  page.addEventListener("visibilitychange", () => {
    if (!isWanted) return;
    const isLost = !stream?.getTracks().some((track) => track.readyState === "live" && !track.muted);
    if (page.visibilityState === "visible" && stream && isLost) open();
    else if (page.visibilityState === "visible" && video.paused) video.play().catch(() => {});
  });
  open();
  return { open, end };
}
