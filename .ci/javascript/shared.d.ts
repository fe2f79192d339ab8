// What the classic scripts of the site share: each hangs its part on `window`, and says in its head what others need of it.
type Shared = any;
type Panel = any;
type Tile = any;

interface Window {
  fieldguide: Shared;
  fieldguideArena: Arena.Shared;
  fieldguideKit: Shared;
  fieldguideLab: Shared;
  fieldguidePackages: Shared;
  fieldguidePackaging: Shared;
  fieldguidePicked: Shared;
  fieldguidePicker: Shared;
  fieldguidePickerDownloads: Shared;
  fieldguidePickerList: Shared;
  fieldguidePickerParts: Shared;
  fieldguideQuestions: Shared;
  fieldguideScreens: Shared;
  fieldguideStop: Shared;
  fieldguideWords: Shared;
  fieldguideZip: Shared;
  MessageEvent: typeof MessageEvent;
}
