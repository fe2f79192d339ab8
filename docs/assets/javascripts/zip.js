// Zip files without compression, as small as a writer can be. Every program that unzips reads them.
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
    return fields.flatMap(([size, value]) => Array.from({ length: size }, (_, i) => (value / 256 ** i) & 255));
  }

  /**
   * @param {Record<string, string>} files text by name
   * @param {string} date YYYY-MM-DD, which every file carries
   * @returns {Blob}
   */
  function zip(files, date) {
    const encoder = new TextEncoder();
    const [year, month, day] = date.split("-").map(Number);
    const stamp = ((year - 1980) << 9) | (month << 5) | day;
    /** @type {BlobPart[]} */
    const parts = [];
    /** @type {BlobPart[]} */
    const central = [];
    let offset = 0;
    let listed = 0;
    for (const [path, text] of Object.entries(files)) {
      const name = encoder.encode(path);
      const content = encoder.encode(text);
      // Version 2.0, names in UTF-8, stored; no time of day, and the date.
      const shared = [[2, 20], [2, 0x800], [2, 0], [2, 0], [2, stamp], [4, crc32(content)], [4, content.length], [4, content.length], [2, name.length], [2, 0]];
      const local = bytesOf([[4, 0x04034b50], ...shared]);
      const entry = bytesOf([[4, 0x02014b50], [2, 20], ...shared, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]]);
      parts.push(new Uint8Array(local), name, content);
      central.push(new Uint8Array(entry), name);
      offset += local.length + name.length + content.length;
      listed += entry.length + name.length;
    }
    const count = Object.keys(files).length;
    const end = bytesOf([[4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, listed], [4, offset], [2, 0]]);
    return new Blob([...parts, ...central, new Uint8Array(end)], { type: "application/zip" });
  }

  window.fieldguideZip = { zip };
})();
