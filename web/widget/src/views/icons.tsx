import type { ComponentChildren } from "preact";

/** Line icons; decoration only, so they are hidden from screen readers. */
function Icon({ children, size = 20 }: { children: ComponentChildren; size?: number }) {
  return (
    <svg
      class="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.9"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export const ChatIcon = () => (
  <Icon size={28}>
    <path d="M20.5 11.6c0 4.4-3.8 7.9-8.5 7.9-1.1 0-2.2-.2-3.2-.6L4 20.5l1.3-4c-1.1-1.3-1.8-3-1.8-4.9 0-4.4 3.8-8 8.5-8s8.5 3.6 8.5 8Z" />
    <path d="M8.7 12.7c.8 1.3 2 2 3.3 2s2.5-.7 3.3-2" />
  </Icon>
);
export const BotIcon = ({ size = 22 }: { size?: number }) => (
  <Icon size={size}>
    <rect x="4" y="7.5" width="16" height="11.5" rx="4.5" />
    <path d="M12 7.3V4.6M9.2 12v1M14.8 12v1M10 15.8c1.2.8 2.8.8 4 0" />
    <circle cx="12" cy="3.6" r=".7" />
  </Icon>
);
export const CloseIcon = () => (
  <Icon>
    <path d="m6 9 6 6 6-6" />
  </Icon>
);
export const SendIcon = () => (
  <Icon>
    <path d="M12 19V5.5M6 11.3l6-6 6 6" />
  </Icon>
);
export const PersonIcon = () => (
  <Icon size={16}>
    <path d="M4.5 14v-2.5a7.5 7.5 0 0 1 15 0V14" />
    <path d="M4.5 13.5h1.6c.8 0 1.4.6 1.4 1.4v2.2c0 .8-.6 1.4-1.4 1.4-.9 0-1.6-.7-1.6-1.6ZM19.5 13.5h-1.6c-.8 0-1.4.6-1.4 1.4v2.2c0 .8.6 1.4 1.4 1.4.9 0 1.6-.7 1.6-1.6ZM19.5 17c0 2.3-2.5 3.8-5.5 3.8" />
  </Icon>
);
export const ClockIcon = () => (
  <Icon size={13}>
    <circle cx="12" cy="12" r="9" />
    <path d="M12 7v5l3 2" />
  </Icon>
);
export const TickIcon = ({ size = 14 }: { size?: number }) => (
  <Icon size={size}>
    <path d="m5 12.5 4.5 4.5L19 7.5" />
  </Icon>
);
export const AlertIcon = ({ size = 15 }: { size?: number }) => (
  <Icon size={size}>
    <circle cx="12" cy="12" r="9" />
    <path d="M12 7.5v5.2M12 16.2v.1" />
  </Icon>
);
export const CopyIcon = () => (
  <Icon size={16}>
    <rect x="8.5" y="8.5" width="11" height="11" rx="2.5" />
    <path d="M15.5 8.5v-1a2.5 2.5 0 0 0-2.5-2.5H7a2.5 2.5 0 0 0-2.5 2.5v6A2.5 2.5 0 0 0 7 16h1.5" />
  </Icon>
);
export const CaseIcon = () => (
  <Icon size={18}>
    <path d="M7 3.5h7.5l4 4V18a2.5 2.5 0 0 1-2.5 2.5H7A2.5 2.5 0 0 1 4.5 18V6A2.5 2.5 0 0 1 7 3.5Z" />
    <path d="M14 3.8V8h4.2M8.5 12.5h6M8.5 16h4" />
  </Icon>
);
export const ShieldIcon = () => (
  <Icon size={18}>
    <path d="M12 3.5 19 6v5.5c0 4.2-2.9 7.5-7 9-4.1-1.5-7-4.8-7-9V6Z" />
    <path d="M12 8.5v4M12 15.8v.1" />
  </Icon>
);
export const LockIcon = () => (
  <Icon size={15}>
    <rect x="5" y="10.5" width="14" height="9.5" rx="2.5" />
    <path d="M8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5" />
  </Icon>
);
export const DownIcon = () => (
  <Icon size={16}>
    <path d="M12 5v13M6.5 12.5 12 18l5.5-5.5" />
  </Icon>
);
export const StarIcon = () => (
  <svg class="icon" width="30" height="30" viewBox="0 0 24 24" aria-hidden="true">
    <path d="m12 3.6 2.6 5.3 5.8.8-4.2 4.1 1 5.8-5.2-2.7-5.2 2.7 1-5.8-4.2-4.1 5.8-.8Z" />
  </svg>
);
export const ClipIcon = () => (
  <Icon size={21}>
    <path d="m19.5 11.2-7.4 7.4a4.7 4.7 0 0 1-6.7-6.7l7.9-7.8a3.1 3.1 0 0 1 4.4 4.4l-7.8 7.8a1.6 1.6 0 0 1-2.2-2.2l7-7" />
  </Icon>
);
export const CrossIcon = ({ size = 20 }: { size?: number }) => (
  <Icon size={size}>
    <path d="m6 6 12 12M18 6 6 18" />
  </Icon>
);
export const FileIcon = () => (
  <Icon size={24}>
    <path d="M7 3.5h7l4.5 4.5V18a2.5 2.5 0 0 1-2.5 2.5H7A2.5 2.5 0 0 1 4.5 18V6A2.5 2.5 0 0 1 7 3.5Z" />
    <path d="M13.5 3.8v4.7h4.7" />
  </Icon>
);
export const PictureIcon = () => (
  <Icon size={24}>
    <rect x="3.5" y="4.5" width="17" height="15" rx="3" />
    <path d="m4 16.5 4.3-4.3 4 4 2.8-2.7 5 4.6" />
    <circle cx="15.4" cy="9.2" r="1.4" />
  </Icon>
);
export const PlayIcon = ({ size = 22 }: { size?: number }) => (
  <svg class="icon" width={size} height={size} viewBox="0 0 24 24" fill="currentColor" aria-hidden="true">
    <path d="M8 5.6v12.8c0 .8.9 1.3 1.6.9l9.9-6.4c.6-.4.6-1.4 0-1.8L9.6 4.7C8.9 4.3 8 4.8 8 5.6Z" />
  </svg>
);
export const RetryIcon = () => (
  <Icon>
    <path d="M19 5v4.5h-4.5M19 9.5A7.5 7.5 0 1 0 19.4 14" />
  </Icon>
);
export const DownloadIcon = () => (
  <Icon>
    <path d="M12 4v11M7 10.5l5 5 5-5M5 19.5h14" />
  </Icon>
);
export const UploadIcon = () => (
  <Icon size={34}>
    <path d="M12 15.5V4.5M7 9.2l5-5 5 5M5 15v2.5A2.5 2.5 0 0 0 7.5 20h9a2.5 2.5 0 0 0 2.5-2.5V15" />
  </Icon>
);
export const LeftIcon = () => (
  <Icon size={24}>
    <path d="m14.5 5-7 7 7 7" />
  </Icon>
);
export const RightIcon = () => (
  <Icon size={24}>
    <path d="m9.5 5 7 7-7 7" />
  </Icon>
);
