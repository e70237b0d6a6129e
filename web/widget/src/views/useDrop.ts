import { useState } from "preact/hooks";

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;

/** Files dragged over an element: whether they hover there now, and what to listen to. */
export function useDrop(onFiles: (files: File[]) => void) {
  const [hovers, setHovers] = useState(false);
  const over = (event: DragEvent) => {
    if (!hasFiles(event)) return;
    // Without this the browser would open the file in place of the page.
    event.preventDefault();
    if (!hovers) setHovers(true);
  };
  const leave = ({ currentTarget, relatedTarget }: DragEvent) => {
    if (!(currentTarget as Element).contains(relatedTarget as Node | null)) setHovers(false);
  };
  const drop = (event: DragEvent) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    setHovers(false);
    onFiles([...(event.dataTransfer?.files ?? [])]);
  };
  return { hovers, listeners: { onDragEnter: over, onDragOver: over, onDragLeave: leave, onDrop: drop } };
}
