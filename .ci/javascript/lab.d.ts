// What the scripts of the live models share, by the file that makes it; those of language models (text/) stand last.
// `Own` is what a family, a widget or a file of weights has beside what all have.
declare namespace Lab {
  type Own = any;
  type Numbers = ArrayLike<number>;

  // math.js, core.js
  interface Tensor {
    shape: number[];
    data: Float32Array;
  }
  interface Chance {
    state: number;
    uniform(): number;
    normal(): number;
    normals(n: number): Float32Array;
    pick(shares: Numbers): number;
  }
  interface Weights {
    config: Record<string, Own>;
    count: number;
    tensors: Record<string, Tensor>;
    tensor(name: string): Tensor;
    linear(name: string): (x: Numbers) => Float32Array;
    table(name: string): (row: number) => Float32Array;
    gru(name: string): Own;
  }

  type Model = Own; // what core.js makes of weights; each family says in its script what it can do

  // host.js; ui.js of both
  class Host {
    constructor(host: HTMLElement, kind: string);
    host: HTMLElement;
    kind: string;
    prefix: string;
    address: URLSearchParams;
    state: Map<string, { value: Own; start: Own }>;
    panel?: Panel;
    live: HTMLElement;
    body: HTMLElement;
    status: HTMLElement;
    saying: Own; // of setTimeout
    end(error: Error, model: string): string;
    fail(error: Error): void;
    safe<A extends Own[]>(act: (...given: A) => void): (...given: A) => void;
    get(key: string, start: Own, read: (text: string) => Own): Own;
    set(key: string, value: Own): void;
    write(): void;
    tabs(parts: Record<string, [string, (panel: Panel) => void]>): void;
    one(build: (panel: Panel) => void): void;
    open(pane: HTMLElement, build: (panel: Panel) => void): void;
    say(text: string): void;
    color(name: string): string;
  }
  interface Ui extends Host {
    tiles: Set<Tile>;
    work: Work;
  }
  interface TextUi extends Host {
    weights: Record<string, Own>;
    title: HTMLElement;
    begun: boolean;
    pressed: boolean;
    ran?: boolean;
    start(pressed: boolean): Promise<void>;
  }

  // pictures/work.js
  interface Work {
    stop(): void;
    [own: string]: Own;
  }

  // tile.js
  interface Tile {
    ui: Ui;
    ink: Numbers;
    extra?: (context: CanvasRenderingContext2D, cell: number) => void;
    over: ((context: CanvasRenderingContext2D, cell: number) => void) | null;
    canvas: HTMLCanvasElement;
    caption: HTMLElement;
    el: HTMLElement & { parentElement: HTMLElement };
    set(ink: Numbers, label?: string, caption?: string): void;
    mark(on: boolean): void;
    paint(): void;
  }

  // panel.js
  interface Control<T> {
    value: T;
    set(value: T): void;
  }
  interface Slider extends Control<number> {
    limit(max: number): void;
    input: HTMLInputElement;
  }
  interface Player extends Slider {
    stop(): void;
    play(): void;
  }
  interface Seed {
    value: number;
    other?: { value: number };
    next(): void;
  }
  interface Range {
    key: string;
    label: string;
    min: number;
    max: number;
    step?: number;
    value: number;
    show?: (v: number) => string;
  }
  interface Check {
    key: string;
    label: string;
    value: boolean;
  }
  interface Panel {
    ui: Own; // Ui, or TextUi
    root: HTMLElement;
    say(text: string): void;
    draw: () => void;
    repaint: Own; // of those that paint more than tiles
    closed?: boolean;
    clock: Own; // of setInterval
    close(): void;
    drawNow(): void;
    refresh(): void;
    row(style?: string, parent?: HTMLElement): HTMLElement;
    lesson(text: string, parent?: HTMLElement): void;
    text(parent: HTMLElement, text: string, style: string): HTMLElement;
    button(parent: HTMLElement, label: string, act: () => void): HTMLButtonElement;
    choice(parent: HTMLElement, about: { key: string; label: string; options: [Own, string][]; value: Own }): Control<Own>;
    digits(parent: HTMLElement, all?: boolean): Control<number>;
    slider(parent: HTMLElement, about: Range): Slider;
    check(parent: HTMLElement, about: Check): { value: boolean };
    seed(parent: HTMLElement, label?: string, key?: string, start?: number): Seed;
    player(parent: HTMLElement, about: Range, pace?: number): Player;
    replay(player: Player): void;
    tile(parent: HTMLElement, about?: { big?: boolean; caption?: boolean; act?: () => void }): Tile;
    tiles(parent: HTMLElement, n: number, act?: (i: number) => void, caption?: boolean): Tile[];
    columns(parent: HTMLElement, n: number, label: string): (shares: Numbers, marked?: number) => void;
    bars(parent: HTMLElement, names: string[], label: string): (shares: Numbers, top?: number) => void;
  }

  // text/tokenizer.js, sampling.js, networks.js, transformer.js, session.js
  interface Tokenizer {
    size: number;
    encode(text: string): number[];
    decode(ids: Numbers | number[]): string;
    show(id: number): string;
  }
  interface Knobs {
    temperature?: number;
    topP?: number;
    topK?: number;
    greedy?: boolean;
  }
  interface Choice {
    order: Uint32Array;
    shares: Float64Array;
    kept: number;
  }
  interface TextModel {
    next(ids: number[]): Float32Array;
    [own: string]: Own;
  }
  interface Session {
    ui: TextUi;
    tokenizer: Tokenizer;
    model: TextModel;
    given: number;
    ids: number[];
    note: string;
    word: string;
    seed: number;
    left: string[];
    ended: boolean;
    begin(word: string): void;
    keep(): void;
    text(whole?: boolean): string;
    take(place: number, id: number): void;
    step(knobs: Knobs): void;
  }

  interface Shared {
    models: Record<string, (weights: Weights, plain?: boolean) => Model>;
    widgets: Record<string, (ui: Ui, ...models: Model[]) => void>;
    texts: Record<string, (ui: TextUi) => void>;
    Chance: new (seed: number, stream?: number) => Chance;
    Weights: new (packed: Own, base?: Weights) => Weights;
    Host: typeof Host;
    Panel: new (ui: Host, root: HTMLElement) => Panel;
    Tile: new (ui: Ui, parent: HTMLElement, about: { big?: boolean; caption?: boolean; act?: () => void }) => Tile;
    Tokenizer: new (packed: Own) => Tokenizer;
    Session: new (ui: TextUi, tokenizer: Tokenizer, model: TextModel) => Session;
    Transformer: new (packed: Own, about?: { causal?: boolean; plain?: boolean }) => TextModel;
    LONGEST: number;
    BREAK: number;
    choose(scores: Float32Array, knobs: Knobs): Choice;
    bits(scores: Float32Array, id: number): number;
    softmax(scores: Numbers, temperature?: number, out?: Float32Array): Float32Array;
    percent(share: number): string;
    clean(text: string): string;
    prompt(tokenizer: Tokenizer, text: string): { ids: number[]; cut: boolean };
    asking(panel: Panel, parent: HTMLElement, session: Session, act: () => void): HTMLInputElement;
    script(src: string | URL, find: () => Own): Promise<Own>;
    [own: string]: Own;
  }
}
