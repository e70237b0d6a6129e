# What the desk itself says to users and agents. Variables stand in braces.

notice-queue-joined = You are number { $position } in line for a person. Your case is { $case }. You may leave: nothing is lost, just come back.
notice-queue-joined-nobody-here = Your request for a person is noted. Nobody is on duty at the moment; whoever comes first takes requests in order. Your case is { $case }. You may leave, messages are kept.
notice-queue-joined-closed = Your request for a person is noted. We are closed now; people are back at { $opens } (Beijing time) and answer in order. Your case is { $case }. You may leave, messages are kept.
notice-queue-joined-crisis = You are first in line, and whoever sees it comes to you before anyone else. Until then, please stay with someone you trust or call one of the numbers above.
notice-agent-joined = { $agent } has joined. You are talking to a person now.
notice-agent-left = { $agent } had to leave. You keep your place and someone else will go on.
notice-handoff-resolved = { $agent } has finished; case { $case } is marked as resolved. Write any time if there is more.
notice-bot-slow = Still working on it. It takes longer than usual; your message has arrived.
notice-bot-unavailable = Sorry, the assistant could not answer just now. Your question has been passed to a person; there is no need to send it again.
notice-private-data-masked = Your message held an identity number, a bank card or a code. We have hidden it. Please never send these to anyone; we will not ask for them.
csat-question = How satisfied are you with case { $case }?

error-bad-request = We could not handle this request. Please try another way.
error-malformed-json = What arrived was incomplete. Please send it again.
error-invalid-field = One entry has the wrong form. Please check it and try again.
error-unknown-field = The request holds something we do not know.
error-text-empty = The message is empty. Write something first.
error-text-too-long = A message may have 2000 characters. Please split it.
error-text-control-characters = The message holds characters that cannot be shown. Please remove them.
error-payload-not-offered = This choice is not available now. Please tell us in words.
error-token-invalid = This session is not valid. Please reload the page.
error-token-expired = This session has expired. Please reload the page.
error-login-failed = Login or password is wrong. Please try again.
error-not-signed-in = You are signed out. Please sign in again.
error-key-wrong = The access key is wrong.
error-not-found = Nothing was found.
error-channel-off = This channel is switched off.
error-already-claimed = A colleague has already taken this conversation.
error-not-owner = This conversation is not yours at the moment.
error-illegal-transition = The case cannot change that way from its present state.
error-appeal-not-possible = This penalty cannot be appealed at the moment.
error-csat-already-given = You have already rated this. Thank you.
error-idempotency-key-reused = One request id was used for two different requests.
error-body-too-large = This is too large. Please shorten it.
error-too-many-messages = That was a little fast. Please wait a moment.
error-too-many-tries = Too many tries. Please try again later.
error-accounts-unavailable = The account system does not answer right now. Please try again later.
error-internal = Something went wrong on our side. Your messages are safe; please try again later.

reason-user-request = User asked for a person
reason-not-understood = Not understood repeatedly
reason-crisis = Crisis care
reason-user-in-danger = User in danger
reason-action-failed = A look-up or entry failed
reason-topic-needs-person = Topic needs a person
reason-slot-retries = Details failed repeatedly
reason-bot-unavailable = Bot unavailable

skill-account-security = Account security
skill-penalty-appeal = Penalty appeals
skill-content-safety = Content safety
skill-ip-legal = Rights
skill-live-support = Live
skill-tech-support = Technical
skill-payment = Payments
skill-ecom = Shop orders
skill-minor-protection = Minor protection
skill-privacy = Privacy
skill-crisis-care = Crisis care
skill-quality = Quality
skill-general = General

event-opened = Case opened
event-handoff-asked = Person asked for
event-claimed = Claimed
event-released = Back to the queue
event-state-changed = State changed
event-csat-asked = CSAT asked
event-csat-given = CSAT given
event-appeal-filed = Appeal filed

field-yes = yes
