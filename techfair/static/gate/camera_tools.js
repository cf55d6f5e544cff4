/** Torch and choice of camera, where the phone has them; what was chosen is remembered on the device. */

const KEY = "techfair camera";

/** The camera that was chosen on this device before; any way to remember may be missing in private windows. */
export function chosenCamera(storage = localStorage) {
  try {
    return storage.getItem(KEY);
  } catch {
    return null;
  }
}

function remember(id, storage = localStorage) {
  try {
    storage.setItem(KEY, id);
  } catch {
    // it is asked again next time
  }
}

/** Show the buttons that this stream can serve; `reopen()` opens the camera that was chosen. */
export async function offerTools({ stream, torch, next, mediaDevices, reopen }) {
  const [track] = stream.getVideoTracks();
  torch.hidden = !track.getCapabilities?.().torch;
  torch.setAttribute("aria-pressed", "false");
  torch.onclick = async () => {
    const isOn = torch.getAttribute("aria-pressed") !== "true";
    await track.applyConstraints({ advanced: [{ torch: isOn }] }).then(() => torch.setAttribute("aria-pressed", isOn), () => {});
  };
  const cameras = (await mediaDevices.enumerateDevices()).filter(({ kind }) => kind === "videoinput");
  next.hidden = cameras.length < 2;
  next.onclick = () => {
    const present = cameras.findIndex(({ deviceId }) => deviceId === track.getSettings().deviceId);
    remember(cameras[(present + 1) % cameras.length].deviceId);
    reopen();
  };
}
