const STEP = 1024;

/** "812 B", "340 KB", "1.2 MB", "48 MB". */
export function fileSize(bytes: number): string {
  if (bytes < STEP) return `${bytes} B`;
  const kilo = bytes / STEP;
  if (kilo < STEP - 0.5) return `${Math.round(kilo)} KB`;
  const mega = kilo / STEP;
  return mega < 9.95 ? `${Number(mega.toFixed(1))} MB` : `${Math.round(mega)} MB`;
}
