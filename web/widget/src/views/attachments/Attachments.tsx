import type { Item } from "../../store/tray";
import type { Attachment } from "../../transport/wire";
import { boxOf, columns } from "./box";
import { FileCard } from "./FileCard";
import { Tile } from "./Tile";

/** What came with a message: pictures and videos side by side, documents below each other. */
export function Attachments({ attachments, parts }: { attachments: Attachment[]; parts: Item[] | null }) {
  const partOf = (id: string) => parts?.find(({ key, attachment }) => (attachment?.id ?? key) === id) ?? null;
  const visuals = attachments.filter(({ kind }) => kind !== "file");
  const files = attachments.filter(({ kind }) => kind === "file");
  const [only] = visuals;
  // Keys by place: an attachment gets its lasting id while it is drawn, and stays the same picture.
  return (
    <>
      {visuals.length === 1 && only && <Tile attachment={only} part={partOf(only.id)} box={boxOf(only)} />}
      {visuals.length > 1 && (
        <div class="grid" style={{ "--columns": columns(visuals.length) }}>
          {visuals.map((attachment, i) => (
            <Tile key={i} attachment={attachment} part={partOf(attachment.id)} box={null} />
          ))}
        </div>
      )}
      {files.map((attachment, i) => (
        <FileCard key={i} attachment={attachment} part={partOf(attachment.id)} />
      ))}
    </>
  );
}
