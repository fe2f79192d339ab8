// What the classic scripts of the site share: each hangs its part on `window`, and says in its head what others need of it.
type Shared = any;
type Panel = Lab.Panel;
type Tile = Lab.Tile;

interface Navigator {
  connection?: { saveData: boolean };
}

interface Window {
  fieldguideText: Record<string, Lab.Own>;
  fieldguideWeights: Record<string, Lab.Own>;
  fieldguide: Shared;
  fieldguideArena: Arena.Shared;
  fieldguideKit: Shared;
  fieldguideLab: Lab.Shared;
  fieldguidePackages: Shared;
  fieldguidePackaging: Shared;
  fieldguidePaths: Record<string, { title: string; list: string; stops: { page: string; id: string; title: string; minutes: number }[] }>;
  fieldguidePicked: Shared;
  fieldguidePicker: Shared;
  fieldguidePickerDownloads: Shared;
  fieldguidePickerList: Shared;
  fieldguidePickerParts: Shared;
  fieldguideQuestions: Shared;
  fieldguideScreens: Shared;
  fieldguideSerial: number;
  fieldguideStop: Shared;
  fieldguideWords: Shared;
  fieldguideZip: Shared;
  MessageEvent: typeof MessageEvent;
}
