// The file that GridFS keeps: as random as a photograph, and the same each time.

export const megabytes = 4;
export const fileSize = megabytes * 1e6;

/** How GridFS cuts it if nobody says otherwise. */
export const chunkSize = 255 * 1024;

let bytes: Buffer | undefined;

export function fileBytes(): Buffer {
  if (bytes) return bytes;
  bytes = Buffer.alloc(fileSize);
  for (let at = 0, state = 1; at < bytes.length; at += 4)
    bytes.writeInt32LE((state = (Math.imul(state, 1664525) + 1013904223) | 0), at);
  return bytes;
}
