# The window's own words; what the bot and the agents say comes from the desk.

# Identity
bot-name = Assistant
bot-badge = Bot
bot-line = Automated replies
queue-line = Finding someone to help you
agent-name = { $name }
agent-plain = Support agent
agent-badge = Human
agent-line = Here to help you

# Window
launcher-open = Open support chat
launcher-unread = { $count ->
    [one] Open support chat, 1 new message
   *[other] Open support chat, { $count } new messages
}
close = Close chat
log = Messages
intro-title = Hello, how can we help?
intro-line = I am an automated assistant, not a person. You can ask for a person at any time.
intro-safety = Never send passwords or SMS codes in this chat. We will not ask for them.
earlier = Show earlier messages
newest = Latest messages
fresh = New messages
loading = Loading your conversation
said-by-user = You said:
said-by = { $name } said:
typing = { $name } is typing

# Composer
composer = Message
composer-hint = Type your question
composer-caption = Add a few words (optional)
send = Send
to-person = Talk to a person
to-person-words = I would like to talk to a person
counter = { $count } / { $limit }
too-long = { $over ->
    [one] 1 character too long. Please send it in parts
   *[other] { $over } characters too long. Please send it in parts
}
complaint = This message could not be sent. Please change it and try again
paused = { $seconds ->
    [one] A little fast. Sending goes on by itself in 1 second
   *[other] A little fast. Sending goes on by itself in { $seconds } seconds
}

# Attachments
attach = Add pictures, videos or PDFs
attach-full = You can add up to 9 attachments at once
drop-title = Drop to add
drop-line = Pictures, videos and PDFs
tray = Attachments to send
tray-queued = { $name }, waiting to upload
tray-uploading = { $name }, uploading
tray-ready = { $name }, ready
tray-broken = { $name }, upload interrupted
tray-refused = { $name }, cannot be sent
tray-retry = Upload { $name } again
tray-remove = Remove { $name }
tray-refusal = { $name }: { $reason }
tray-blocked = An upload was interrupted. Try it again or remove it before sending
tray-under-way = { $count ->
    [one] Uploading 1 attachment. You may send now, it is delivered once it is uploaded
   *[other] Uploading { $count } attachments. You may send now, they are delivered once they are uploaded
}
tray-all-ready = { $count ->
    [one] 1 attachment is ready
   *[other] { $count } attachments are ready
}
tray-surplus = { $count ->
    [one] You can send up to 9 attachments at once. 1 was not added
   *[other] You can send up to 9 attachments at once. { $count } were not added
}
refused = This attachment cannot be sent. Please remove it and choose another
refused-attachment_too_large = The file is too large, the limit is { $limit }
refused-attachment_type_unknown = This format is not supported. You can send pictures, videos or PDFs
refused-attachment_empty = This file is empty, there is nothing to send
picture = Picture: { $name }
picture-open = View picture: { $name }
video-play = Play video: { $name }
file-download = Download { $name }
media-failed = Not loaded, press to try again
media-retry = Load { $name } again
lightbox-close = Close
lightbox-before = Previous
lightbox-after = Next

# Delivery
uploading = Uploading, delivered when done
broken = Upload interrupted
cancel = Cancel
sending = Sending
waiting = Waiting to be sent
stored = Delivered
failed = Not delivered
retry = Send again
discard = Delete

# Connection
offline = No connection. Your messages are kept and sent once it is back
connecting = Connecting…
renewed = Your earlier conversation has expired. We have started a new one for you
understood = OK

# Queue
queue-position = You are number { $position } in line
queue-waiting = You are in line
queue-on-duty = Our agents are here and answer in turn
queue-off-duty = Our agents are away now and will answer in turn when they are back
queue-opens = Our agents are away now and answer in turn from { $time }
queue-leave = You may leave, your messages are kept

# Notices (when the desk sent no text with them)
notice-queue_joined = You are in line for an agent
notice-agent_joined = { $name } joined the conversation
notice-agent_left = The agent left the conversation
notice-bot_slow = Still working on it, one moment please
notice-bot_unavailable = The assistant cannot answer right now. You are being handed to a person
notice-handoff_resolved = This conversation with an agent has ended
notice-csat_request = Please rate this service
notice-private_data_masked = Some content was hidden to protect your privacy

# Cases
case-title = Case
case-copy = Copy case number
case-copied = Copied
case-topic = About
case-due = Due
case-reopen = Not solved yet, reopen the case
case-reopened = Case { $number } has been reopened
case-state-new = Submitted
case-state-open = In progress
case-state-waiting = Waiting for you
case-state-resolved = Resolved
case-state-closed = Closed

# Penalties
penalty-reason = Reason
penalty-rule = Rule
penalty-term = Term
penalty-permanent = Permanent
beijing-time = { $time } (Beijing time)
penalty-from-to = { $from } to { $to }
penalty-to = until { $to }
penalty-deadline = Appeal by
penalty-appealable = Can be appealed
penalty-not-appealable = Cannot be appealed
penalty-appeal-over = Appeal period is over

# Rating
csat-title = How was this service?
csat-case = Case { $number }
csat-1 = Very poor
csat-2 = Poor
csat-3 = Fair
csat-4 = Good
csat-5 = Very good
csat-star = { $score ->
    [one] 1 star, { $label }
   *[other] { $score } stars, { $label }
}
csat-hint = Choose a star
csat-comment = Anything to add? (optional)
csat-submit = Send rating
csat-thanks = Thank you for your rating
csat-given = { $score ->
    [one] You gave 1 star · { $label }
   *[other] You gave { $score } stars · { $label }
}
csat-over = This rating is closed
csat-failed = Not sent. Please try again in a moment
