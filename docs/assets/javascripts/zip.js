// Zip files, as small as a writer can be. Every program that unzips reads them.
(function () {
  "use strict";

  const TABLE = new Uint32Array(256).map((_, n) => {
    for (let bit = 0; bit < 8; bit += 1) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
    return n;
  });

  /** @param {Uint8Array} bytes @returns {number} the checksum that zip files carry */
  function crc32(bytes) {
    let crc = 0xffffffff;
    for (const byte of bytes) crc = TABLE[(crc ^ byte) & 255] ^ (crc >>> 8);
    return (crc ^ 0xffffffff) >>> 0;
  }

  /** @param {[number, number][]} fields size in bytes and value of each, low byte first */
  function bytesOf(fields) {
    return fields.flatMap(([size, value]) =>
      Array.from({ length: size }, (_, i) => (value / 256 ** i) & 255),
    );
  }

  /** @param {Uint8Array} bytes @returns {Promise<Uint8Array | null>} the same, deflated, where the browser can */
  async function deflated(bytes) {
    try {
      const stream = new Blob([/** @type {BlobPart} */ (bytes)])
        .stream()
        .pipeThrough(new CompressionStream("deflate-raw"));
      return new Uint8Array(await new Response(stream).arrayBuffer());
    } catch {
      return null; // an older browser: stored as it is
    }
  }

  /**
   * @param {Record<string, string | Uint8Array>} files by name
   * @param {string} date YYYY-MM-DD, which every file carries
   * @returns {Promise<Blob>}
   */
  async function zip(files, date) {
    const encoder = new TextEncoder();
    const [year, month, day] = date.split("-").map(Number);
    const stamp = ((year - 1980) << 9) | (month << 5) | day;
    /** @type {BlobPart[]} */
    const parts = [];
    /** @type {BlobPart[]} */
    const central = [];
    let offset = 0;
    let listed = 0;
    const entries = await Promise.all(
      Object.entries(files).map(async ([path, given]) => {
        const content = typeof given === "string" ? encoder.encode(given) : given;
        return { name: encoder.encode(path), content, packed: await deflated(content) };
      }),
    );
    for (const { name, content, packed } of entries) {
      const body = packed || content;
      // Version 2.0, names in UTF-8, deflated or stored; no time of day, and the date.
      /** @type {[number, number][]} */
      const shared = [
        [2, 20],
        [2, 0x800],
        [2, packed ? 8 : 0],
        [2, 0],
        [2, stamp],
        [4, crc32(content)],
        [4, body.length],
        [4, content.length],
        [2, name.length],
        [2, 0],
      ];
      const local = bytesOf([[4, 0x04034b50], ...shared]);
      const entry = bytesOf([
        [4, 0x02014b50],
        [2, 20],
        ...shared,
        [2, 0],
        [2, 0],
        [2, 0],
        [4, 0],
        [4, offset],
      ]);
      parts.push(new Uint8Array(local), name, /** @type {BlobPart} */ (body));
      central.push(new Uint8Array(entry), name);
      offset += local.length + name.length + body.length;
      listed += entry.length + name.length;
    }
    const count = entries.length;
    const end = bytesOf([
      [4, 0x06054b50],
      [2, 0],
      [2, 0],
      [2, count],
      [2, count],
      [4, listed],
      [4, offset],
      [2, 0],
    ]);
    return new Blob([...parts, ...central, new Uint8Array(end)], { type: "application/zip" });
  }

  window.fieldguideZip = { zip };
})();
