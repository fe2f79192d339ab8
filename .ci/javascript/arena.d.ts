// What the scripts of the arena share, by the file that makes it: see the head of each. `Own` is what a family, a lens or
// a picture has beside what all have.
declare namespace Arena {
  type Row = Float32Array;
  type Points = ArrayLike<number>;
  type Own = any;
  type Settings = Record<string, Own>;

  // memory.js, loops.js
  interface Memory {
    clear(): Memory;
    take(length: number): Row;
    product(A: Row, aRow: number, aColumn: number, B: Row, C: Row, m: number, k: number, n: number): void;
    sums(B: Row, c: Row, rows: number): void;
    turn(from: Row, to: Row, rows: number, columns: number): void;
    activate(name: string, v: Row, keep: Row | null): void;
    turnBack(name: string, g: Row, v: Row, keep: Row | null): void;
    fill(to: Row, chance: Chance, reach: number): void;
    adam(rows: Row[], by: number[]): void;
  }

  // engine.js; operations.js
  interface Matrix {
    rows: number;
    columns: number;
    v: Row;
    g: Row | null;
    needs: boolean;
    keep: Own;
    a: Own;
    b: Own;
    c: Own;
    back: ((out: Own) => void) | null;
  }
  type Made = Matrix & { g: Row }; // on the way back every matrix has slopes
  interface Layer {
    net: Net;
    inputs: number;
    outputs: number;
    activation: string;
    weight: Row;
    bias: Row;
    weightSlope: Row;
    biasSlope: Row;
    average: { weight: Row; bias: Row };
  }
  interface Tape {
    memory: Memory;
    latest?: Matrix;
    begin(): Tape;
    matrix(rows: number, columns: number, needs: boolean, keeps?: boolean): Matrix;
    input(rows: number, columns: number, values?: Points, needs?: boolean): Matrix;
    backward(loss: Matrix): void;
    linear(x: Matrix, layer: Layer): Matrix;
    add(a: Matrix, b: Matrix, factor?: number): Matrix;
    columns(x: Matrix, from: number, to: number): Matrix;
    squares(x: Matrix, y: Matrix, weight?: number): Matrix;
    softplus(x: Matrix, sign?: number): Matrix;
    crossEntropy(x: Matrix, bins: Int32Array): Matrix;
    cloud(x: Matrix, noise: Matrix): Matrix;
    divergence(x: Matrix, weight?: number): Matrix;
    couple(x: Matrix, raw: Matrix, side: number): Matrix;
    surprise(x: Matrix): Matrix;
  }

  // family.js
  interface Chance {
    state: number;
    uniform(): number;
    normal(): number;
    normals(out: Row, scale?: number): Row;
  }
  interface Net {
    layers: Layer[];
    weights: Row;
    slopes: Row;
    averages: Row;
    frozen: boolean;
    on(tape: Tape, x: Matrix): Matrix;
    adam(rate: number, decay1?: number, decay2?: number): void;
  }
  class Family {
    constructor(settings: Settings, stream: number, megabytes?: number);
    settings: Settings;
    memory: Memory;
    chance: Chance;
    tape: Tape;
    sampler: Tape;
    steps: number;
    losses: Record<string, number>;
    times: Row; // of diffusion's last batch
    step(batch: Row): Record<string, number>;
    learn(batch: Row): Record<string, number>;
    chunk(k: number, seed: number): Row;
    draw(n: number, chance: Chance): Row;
    sample(n: number, seed: number): Row;
  }
  type Model = Family & Record<string, Own>;

  // data.js
  interface Data {
    train: Row;
    held: Row;
    floor: number;
    batch(out: Row, chance: Chance): Row;
    distance(points: Row): number;
  }

  // plot.js
  interface Plot {
    canvas: HTMLCanvasElement;
    context: CanvasRenderingContext2D;
    box: number;
    x(x: number): number;
    y(y: number): number;
    clear(): void;
    dots(points: Points, color: string, radius?: number, alpha?: number, count?: number): void;
    paths(lines: Points[], color: string, width?: number, alpha?: number): void;
    arrows(places: Points, vectors: Points, color: string, scale?: number, longest?: number): void;
    mesh(points: Points, side: number, color: string, width?: number): void;
    surface(shares: Points, side: number, color: string): void;
  }
  interface Curves {
    lines: number[][];
    names: string[];
    colors: string[];
    low: number;
    high: number;
    marks: number[];
    last: number;
    kept: number;
  }

  // race.js
  interface Measure {
    steps: number;
    seconds: number;
    distance: number;
  }
  interface Runner extends Measure {
    key: string;
    model: Model;
    curve: Measure[];
    cloud: Row;
    error: string;
    goal: number;
    stale: number;
  }
  interface Race {
    runners: Runner[];
    ranking: Runner[];
    alive: Runner[];
    data: Data;
    seed: number;
    mode: string;
    reflow: number;
    steps: number;
    aim(count: number): void;
    changes(key: string): Settings;
    work(until: number, limit?: number): boolean;
  }

  // watcher.js, watch-controls.js; lens-*.js
  interface Control {
    key: string;
    label: string;
    options: string[][];
    restarts?: boolean;
    first?: string;
    show?: (value: string) => string;
  }
  interface Controls {
    model: Model;
    data: Data;
    chance: Chance;
    shown: Row;
    found: Record<string, Own>;
    state: Record<string, Own>;
    asked: Control[];
    plots: Plot[];
    canvases: HTMLCanvasElement[];
    facts: HTMLElement[];
    error: string;
    color: (name: string) => string;
    status: HTMLElement;
    live: HTMLElement;
    count: HTMLElement;
    go: HTMLElement;
    read(): void;
    build(): void;
    [own: string]: Own;
  }
  interface Watcher extends Controls {
    host: HTMLElement;
    lens: Lens;
    steps: number;
    goal: number;
    running: boolean;
    ask(): void;
    few(count: number): void;
    stop(reason: string): void;
  }
  interface Lens {
    key: string;
    figures: string[];
    wait: string;
    first?: Record<string, string>;
    boxes?: number[];
    choices?: Control[];
    sliders?: Control[];
    checks?: Omit<Control, "options">[];
    buttons?: [string, (w: Watcher) => void][];
    settings?(state: Record<string, Own>): Settings;
    built?(w: Watcher): void;
    prepare(w: Watcher): void;
    change?(w: Watcher, key: string): void;
    stepped?(w: Watcher): void;
    jobs(w: Watcher): (() => void)[];
    paint(w: Watcher): void;
    facts(w: Watcher): string[];
    tell(w: Watcher): string;
    [own: string]: Own;
  }

  // page.js, settings.js, controls.js, view.js
  interface Card {
    key: string;
    canvas: HTMLCanvasElement;
    plot: Plot;
    card: HTMLElement;
    rank: HTMLElement;
    facts: HTMLElement;
    held: Own;
    looked?: number;
  }
  interface Page extends HTMLElement {
    state: Record<string, Own>;
    cards: Card[];
    race: Race | null;
    data: Data | null;
    end: number;
    running: boolean;
    [own: string]: Own;
  }

  // fit-model.js, fit-plot.js, fit.js
  interface Fit {
    net: Net;
    weights: Row;
    steps: number;
    curve(xs: Points): { sum: number[]; parts: number[][] };
    [own: string]: Own;
  }
  interface FitElement extends HTMLElement {
    state: Record<string, string>;
    model: Fit;
    points: number[];
    history: number[][];
    seed: number;
    end: number;
    loss: number;
    error: string;
    go: HTMLElement;
    plot: Own;
    chart: Own;
    open: () => boolean;
  }

  interface Shared {
    families: Record<string, new (settings: Settings) => Model>;
    lenses: Record<string, Lens>;
    Family: typeof Family;
    Memory: new (megabytes: number, plain?: boolean) => Memory;
    Tape: { new (memory: Memory, about?: { learns?: boolean }): Tape; prototype: Tape };
    Net: new (memory: Memory, chance: Chance, sizes: number[], activation: string, start?: { first?: number; last?: number }) => Net;
    Chance: new (seed: number, stream?: number) => Chance;
    Exploded: typeof Error;
    Data: new (name: string, cells?: Uint8Array, seed?: number) => Data;
    Plot: new (canvas: HTMLCanvasElement, box?: number) => Plot;
    Race: new (data: Data, about?: { seed?: number; mode?: string; rate?: number; reflow?: number; keys?: string[]; old?: Race | null }) => Race;
    Watcher: new (host: HTMLElement, lens: Lens) => Watcher;
    CHUNK: number;
    BOX: number;
    SHOWN: number;
    blocks(points: Row, columns: number, make: (part: Row) => Points): Row;
    lattice(side: number, box?: number): Row;
    color(element: Element, name: string): string;
    curves(plot: Plot, about: Curves, color: (name: string) => string): void;
    astray(points: Row, held: Row): number;
    colored(plot: Plot, points: Points, origins: Points, radius?: number, alpha?: number): void;
    mark(plot: Plot, at: number[], color: string): void;
    probe(w: Watcher, which: number, label: string, act: (share: number[]) => void): (plot: Plot) => number[];
    [own: string]: Own;
  }
}
