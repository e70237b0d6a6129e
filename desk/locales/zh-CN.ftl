# 桌面自己对用户和客服说的话。变量写在花括号里。

notice-queue-joined = 已为您转接人工客服，您排在第 { $position } 位。工单号 { $case }，离开页面也不会丢失，回来后可以接着聊。
notice-queue-joined-nobody-here = 已为您登记人工服务，目前还没有客服在岗，同事上线后会按先后顺序接入。工单号 { $case }，您可以先离开，消息会一直保留。
notice-queue-joined-closed = 已为您登记人工服务。现在是非服务时间，同事 { $opens } 上班后会按先后顺序接入。工单号 { $case }，您可以先离开，消息会一直保留。
notice-queue-joined-crisis = 已把您排在最前面，同事看到后会先来找您。在那之前，请让一位信任的人陪着您，或拨打上面的电话。
notice-agent-joined = 客服{ $agent }已接入，由真人为您服务。
notice-agent-left = 客服{ $agent }暂时离开，您的位置仍然保留，会有同事接着为您处理。
notice-handoff-resolved = 客服{ $agent }已处理完毕，工单 { $case } 已标记为解决。还有问题可以直接发消息。
notice-bot-slow = 还在为您处理，比平时慢一些，请再等一会儿，您的消息已经收到。
notice-bot-unavailable = 抱歉，智能助手这会儿没能答上来，已把您的问题转给人工同事，您不用重发。
notice-private-data-masked = 您刚才发的内容里有证件号、银行卡号或验证码，已为您遮盖。这些信息请不要发给任何人，官方也不会索要。
csat-question = 您对工单 { $case } 的处理还满意吗?

error-bad-request = 这个请求我们没能处理，请换个方式再试一次。
error-malformed-json = 收到的内容不完整，请重新发送。
error-invalid-field = 有一项内容的格式不对，请检查后再试。
error-unknown-field = 请求里有无法识别的内容。
error-text-empty = 消息是空的，写点内容再发送吧。
error-text-too-long = 一条消息最多 2000 字，请分成几条发送。
error-text-control-characters = 消息里有无法显示的字符，请删掉后再发送。
error-payload-not-offered = 这个选项现在不可用，请直接用文字告诉我们。
error-token-invalid = 会话凭证无效，请刷新页面重新开始。
error-token-expired = 会话已过期，请刷新页面重新开始。
error-login-failed = 账号或密码不对，请再试一次。
error-not-signed-in = 登录已失效，请重新登录。
error-key-wrong = 访问密钥不正确。
error-not-found = 没有找到对应的内容。
error-channel-off = 这个渠道没有开启。
error-already-claimed = 这个会话已被其他同事接入。
error-not-owner = 这个会话现在不由您处理。
error-illegal-transition = 工单当前的状态不能这样变更。
error-appeal-not-possible = 这条处罚目前不能申诉。
error-csat-already-given = 您已经评价过了，谢谢。
error-idempotency-key-reused = 同一个请求编号被用在了不同的内容上。
error-body-too-large = 内容太大了，请精简后再发送。
error-too-many-messages = 发送得有点快，请稍等片刻再发。
error-too-many-tries = 核验次数已达上限，请过一会儿再试。
error-accounts-unavailable = 账号系统暂时查不到结果，请稍后再试。
error-internal = 服务出了点问题，您的消息不会丢失，请稍后再试。

reason-user-request = 用户要求人工
reason-not-understood = 机器人连续未听懂
reason-crisis = 危机关怀
reason-user-in-danger = 用户处于危险
reason-action-failed = 查询或登记失败
reason-topic-needs-person = 该主题需人工处理
reason-slot-retries = 多次填写未通过
reason-bot-unavailable = 机器人不可用

skill-account-security = 账号安全
skill-penalty-appeal = 处罚申诉
skill-content-safety = 内容安全与反诈
skill-ip-legal = 侵权维权
skill-live-support = 直播
skill-tech-support = 技术
skill-payment = 资金
skill-ecom = 电商售后
skill-minor-protection = 未成年人保护专席
skill-privacy = 隐私注销
skill-crisis-care = 危机关怀
skill-quality = 投诉质检
skill-general = 综合

event-opened = 工单建立
event-handoff-asked = 请求人工
event-claimed = 客服接入
event-released = 退回队列
event-state-changed = 状态变更
event-csat-asked = 邀请评价
event-csat-given = 用户评价
event-appeal-filed = 申诉已提交

field-yes = 是
