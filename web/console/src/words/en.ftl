app-name = Desk
app-tagline = Talk to users, follow up cases
title-waiting = ({ $count }) { $page } · Desk
title = { $page } · Desk
skip-to-content = Skip to main content

nav-label = Main navigation
nav-conversations = Conversations
nav-cases = Cases
nav-search = Jump to
nav-help = Shortcuts
back = Back
cancel = Cancel
retry = Retry
refresh = Refresh
copy = Copy
copied = Copied
list-comma = { ", " }
loading = Loading
load-failed = Could not load this
not-found-title = No such page
not-found-text = The link may be wrong, or what it pointed to is gone.
go-home = Back to conversations
no-room-title = This account has no workspace yet
no-room-text = Ask your supervisor to check your role, or sign in with another account.

sign-in-title = Sign in to the desk
sign-in-login = Account
sign-in-password = Password
sign-in-submit = Sign in
sign-in-busy = Signing in
sign-in-login-missing = Enter your account
sign-in-password-missing = Enter your password
sign-in-expired = Your session has expired. Sign in to return to where you were; your drafts are kept.
sign-in-show = Show password
sign-in-hide = Hide password
sign-in-help = Forgot it? Ask your supervisor for a reset.

menu-label = My menu
menu-language = Language
menu-theme = Appearance
theme-auto = System
theme-light = Light
theme-dark = Dark
menu-sound = Sound for new arrivals
menu-notify = Desktop notifications
menu-notify-denied = The browser refused notifications. Allow them in its settings.
menu-sign-out = Sign out
sign-out-confirm = { $count ->
    [one] One unsent text will be removed from this computer.
   *[other] { $count } unsent texts will be removed from this computer.
}
sign-out-anyway = Remove and sign out
role-agent = Agent
role-supervisor = Supervisor
role-designer = Designer

duty-on = On duty
duty-off = Off duty
duty-label = Duty status
duty-off-hint = You are off duty; new conversations go to others first.

line-lost = Connection lost, reconnecting. What you write is kept; the rest catches up by itself.
line-connecting = Connecting…
line-back = Connected again, everything is up to date

mine-title = My conversations
mine-empty = No conversations in hand
mine-empty-hint = Take a user from the queue below.
queue-title = Waiting
queue-empty = Nobody is waiting
queue-empty-hint = New handoffs appear here, urgent ones first.
queue-group = Skill group
queue-all-groups = All skill groups
queue-waiting-label = Waiting time
queue-no-text = (no text)
claim = Take
claim-next = Take the next one
claim-taken = { $name } was a moment faster
claim-taken-nameless = A colleague was a moment faster
awaiting-reply = Awaiting reply { $time }
unread = New message
draft-mark = [Draft]
draft-attachments = { $count ->
    [one] one attachment
   *[other] { $count } attachments
}
you = Me
said-bot = Bot:
said-image = [Picture]
said-video = [Video]
said-file = [File]

priority-urgent = Urgent
priority-high = High
priority-normal = Normal
priority-low = Low

workspace-empty-title = Choose a conversation
workspace-empty-queue = { $count ->
    [one] One user is waiting, for { $time } so far.
   *[other] { $count } users are waiting, the longest for { $time }.
}
workspace-empty-quiet = Nobody is waiting. You will see it here when somebody is.

conversation-title = User { $id }
conversation-log = Transcript
conversation-details = Handoff and case
conversation-en = Writes English
conversation-missing = No such conversation
conversation-missing-hint = It may belong to another skill group, or the link is wrong.
conversation-failed = The conversation could not be loaded
owner-bot = With the bot
owner-queue = Waiting
owner-agent = With { $name }
owner-you = With you
transcript-empty = No messages yet
transcript-new = New messages
transcript-gap = Fetching missing messages…
transcript-earlier = Earlier messages
transcript-earlier-busy = Loading earlier messages
author-user = User
author-bot = Bot
author-agent = Agent
offered-label = Choices the user was offered

card-case = Case
card-penalty = Penalty
card-csat = Rating
card-csat-text = The user was asked to rate { $number }
card-csat-given = The user gave { $score } of 5
card-due = Expected by { $time }
card-from = From { $time }
card-until = Until { $time }
card-permanent = Permanent
card-rule = Rule
card-reason = Reason
card-appeal-until = Appeal until { $time }
card-not-appealable = No appeal possible

composer-label = Reply to the user
composer-placeholder = Write a reply. Enter sends, Shift+Enter breaks the line
composer-placeholder-short = Write a reply
composer-send = Send
composer-count = { $count } / { $limit }
composer-too-long = { $over } too many; send it in two messages
composer-locked-queue = The user is still waiting. Take the conversation to reply.
composer-locked-bot = The bot has this conversation; you can read along.
composer-locked-agent = { $name } has this conversation; you can read along.
composer-lost-queue = The conversation went back to the queue; you cannot send now.
composer-lost-bot = The conversation went back to the bot; you cannot send now.
composer-lost-agent = { $name } has this conversation now; you can no longer send.
composer-lost-nameless = A colleague has this conversation now; you can no longer send.
composer-draft-kept = What you wrote is kept below; you can copy it.
composer-copy-draft = Copy draft
composer-draft = Unsent draft
composer-draft-attachments = Attachments not sent: { $names }
composer-attach = Attach
composer-attach-hint = Attach pictures, videos or PDFs; you can also drop or paste them
composer-uploading = You can send once everything is uploaded
composer-upload-failed = Some attachments did not arrive; retry or remove them first
composer-drop = Drop to attach to this conversation
composer-attach-limit = { $limit } attachments at most in one message; { $over } left out

tray-label = Attachments to send
tray-waiting = Waiting to upload
tray-checking = Uploaded, being checked
tray-progress = { $percent }% · { $size }
tray-remove = Remove { $name }
tray-cancel = Cancel the upload of { $name }
tray-retry = Upload { $name } again

attachments-label = Attachments
attachment-view = View picture { $name }
attachment-video = Video { $name }
attachment-picture-failed = The picture did not load
attachment-video-failed = This video cannot be played
attachment-download = Download
attachment-download-named = Download { $name }
viewer-label = Picture
viewer-previous = Previous
viewer-next = Next
viewer-zoom-in = Zoom in
viewer-zoom-out = Zoom out
viewer-rotate = Rotate
viewer-close = Close
viewer-place = { $at } / { $count }
message-sending = Sending
message-failed = Not sent
message-edit = Edit
message-failed-why = Not sent: { $why }

action-resolve = Resolve
action-release = Requeue
resolve-title = Resolve this conversation
resolve-text = The case is marked resolved and the user is asked once to rate it; then the bot goes on.
resolve-note-placeholder = How it was solved, for colleagues (optional)
resolve-submit = Resolve
resolve-done = Resolved; the bot goes on
release-title = Back to the queue?
release-text = The user returns to the queue with the time waited so far. Your draft is kept.
release-submit = Requeue
release-done = Back in the queue

brief-title = Handoff brief
brief-why = Why a person
brief-slots = Collected
brief-slots-empty = The bot has not collected anything yet
brief-lookups = Looked up
brief-lookups-empty = Nothing was looked up
brief-failed = Not understood
brief-failed-count = { $count ->
    [one] once
   *[other] { $count } times
}
brief-waited = Waited
brief-none = This conversation was never handed over
brief-none-hint = The bot has had it all along.
lookup-what-account = Account
lookup-what-account-lookup = Account
lookup-what-case = Case
lookup-what-case-lookup = Case
lookup-result-found = Found
lookup-result-not-found = Not found
lookup-result-proof-needed = Proof of ownership needed
lookup-result-failed = Failed

case-panel = Case
case-none = No case yet
case-state = State
case-priority = Priority
case-due = Due
case-created = Created
case-resolved-at = Resolved
case-group = Skill group
case-douyin-id = Douyin ID
case-phone = Phone
case-fields = Details
case-fields-empty = No details
case-links = Links
case-attachments = Attachments
case-csat = Rating
case-csat-score = { $score } of 5
case-csat-none = Not rated yet
case-timeline = History
case-timeline-empty = Nothing yet
case-conversation = Conversation
case-missing = No such case
case-missing-hint = Check the number, or whether it belongs to your skill groups.
case-copy-number = Copy case number
case-actions = Actions
case-actions-none = Nothing can be done in this state
audit-told = Told the user: { $text }
audit-material = { $count ->
    [one] One attachment
   *[other] { $count } attachments
}
audit-priority = Priority is now “{ $priority }”
who-bot = Bot
who-desk = System
who-user = User
reason-user-request = Asked for a person
reason-not-understood = Not understood
reason-crisis = Crisis care
reason-user-in-danger = User in danger
reason-action-failed = A look-up or entry failed
reason-topic-needs-person = Topic needs a person
reason-slot-retries = Details would not validate
reason-bot-unavailable = Bot unavailable
due-left = { $time } left
due-late = { $time } overdue
due-none = No deadline

state-new = New
state-open = Open
state-waiting = Waiting for user
state-resolved = Resolved
state-closed = Closed
transition-new = Set to new
transition-open = Start work
transition-reopen = Reopen
transition-waiting = Wait for user
transition-resolved = Mark resolved
transition-closed = Close
transition-title = Case { $number }
transition-text = Its state changes from “{ $from }” to “{ $to }”.
transition-note-placeholder = For colleagues who see it later (optional)
transition-and-tell = { $verb } and tell the user
note-label = Internal note
note-private = Hidden from the user
tell-label = Tell the user
tell-public = The user reads this
tell-placeholder = Said to the user word for word (optional)
tell-placeholder-waiting = For example: please add a full screenshot of the penalty notice
tell-suggested = Better say what you need from the user; without it they only see that the state changed.
tell-preview = What the user reads
tell-preview-said = From our colleague: { $text }
transition-done = Now “{ $state }”
transition-refused = It cannot become “{ $state }” now. You see its latest state.

cases-title = Cases
cases-state-all = All states
cases-mine = Only mine
cases-filter-label = Filter cases
cases-empty = No cases match
cases-empty-hint = Choose another state, or turn off “Only mine”.
cases-empty-none = No cases yet
cases-empty-none-hint = Cases opened by the bot or by agents appear here.
cases-clear = Clear filters
cases-col-number = Number
cases-col-topic = Topic
cases-col-state = State
cases-col-priority = Priority
cases-col-due = Due
cases-col-group = Skill group
cases-col-created = Created
cases-count = { $count ->
    [one] One case
   *[other] { $count } cases
}
cases-newest = The newest { $count }; filter or use a case number for earlier ones

palette-placeholder = Conversation, case number or page
palette-label = Jump to
palette-none = Nothing found. You can type a whole case number.
palette-group-mine = My conversations
palette-group-queue = Waiting
palette-group-case = Cases
palette-group-go = Go to

help-title = Keyboard shortcuts
help-palette = Jump to
help-switch = Previous / next conversation
help-claim = Take the next one
help-compose = Go to the reply box
help-attach = Attach a file
help-resolve = Resolve this conversation
help-help = Show this list
help-send = Send
help-newline = New line

notify-waiting = { $count ->
    [one] One user is waiting
   *[other] { $count } users are waiting
}
notify-message = New message from a user

span-seconds = { $value } s
span-minutes = { $value } min
span-hours = { $value } h
span-days = { $value ->
    [one] 1 day
   *[other] { $value } days
}
day-today = Today
day-yesterday = Yesterday

error-login-failed = Wrong account or password
error-too-many-tries = Too many tries. Wait a while, then sign in again
error-unreachable = The desk cannot be reached. Check your network
error-not-found = Not found
error-forbidden = You may not do this
error-not-owner = You no longer have this conversation
error-already-claimed = A colleague has taken it
error-illegal-transition = The state cannot change that way now
error-text-too-long = Over 2,000 characters; send it in two messages
error-text-empty = Nothing written yet
error-text-control-characters = It holds characters that cannot be sent; remove them first
error-too-many-messages = Too fast; wait a moment
error-attachment-too-large = The file is too large; { $limit } at most
error-attachments-full = This conversation has no room for more attachments
error-attachment-type-unknown = Not a kind we take; use JPEG, PNG, WebP, GIF, MP4, MOV, WebM or PDF
error-attachment-empty = The file is empty
error-attachment-broken = The file is damaged and cannot be opened
error-attachment-too-many-pixels = The picture is too large in pixels; scale it down first
error-attachment-not-yours = An attachment is no longer there; remove it and upload it again
error-too-many-uploads = Too many uploads; wait a moment
error-malformed-answer = The desk's answer made no sense; try again later
error-server = The desk had a problem; try again later
error-unknown = That did not work; try again
