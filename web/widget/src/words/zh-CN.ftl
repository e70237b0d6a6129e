# 窗口本身的话；机器人和客服说的话来自服务端。

# 身份
bot-name = 智能助手
bot-badge = 机器人
bot-line = 自动回复，需要时可转人工
queue-line = 正在为您联系人工客服
agent-name = 客服{ $name }
agent-plain = 人工客服
agent-badge = 人工
agent-line = 正在为您服务

# 窗口
launcher-open = 打开客服对话
launcher-unread = 打开客服对话，有 { $count } 条新消息
close = 收起对话
log = 对话消息
intro-title = 您好，有什么可以帮您？
intro-line = 我是智能助手，不是真人。随时可以转人工客服。
intro-safety = 请不要在对话里发送密码或短信验证码，我们不会向您索要。
earlier = 查看更早的消息
newest = 最新消息
fresh = 以下为新消息
loading = 正在载入对话
said-by-user = 您说：
said-by = { $name }说：
typing = { $name }正在输入

# 输入
composer = 输入消息
composer-hint = 请输入您的问题
composer-caption = 可以添加文字说明
send = 发送
to-person = 转人工
to-person-words = 转人工
counter = { $count } / { $limit }
too-long = 已超出 { $over } 字，请分成几条发送
complaint = 这条消息没有发送成功，请修改后再试
paused = 您发得有点快，{ $seconds } 秒后会自动继续发送

# 附件
attach = 添加图片、视频或 PDF
attach-full = 一次最多添加 9 个附件
drop-title = 松开即可添加
drop-line = 支持图片、视频和 PDF
tray = 待发送的附件
tray-queued = { $name }，等待上传
tray-uploading = { $name }，正在上传
tray-ready = { $name }，已就绪
tray-broken = { $name }，上传中断
tray-refused = { $name }，无法发送
tray-retry = 重新上传 { $name }
tray-remove = 移除 { $name }
tray-refusal = { $name }：{ $reason }
tray-blocked = 有附件上传中断，请重试或移除后再发送
tray-under-way = 正在上传 { $count } 个附件，也可以先发送，上传完成后自动送达
tray-all-ready = { $count } 个附件已就绪
tray-surplus = 一次最多发送 9 个附件，有 { $count } 个没有添加
refused = 这个附件无法发送，请移除后换一个
refused-attachment_too_large = 文件太大，最大支持 { $limit }
refused-attachment_type_unknown = 暂不支持这种格式，可以发送图片、视频或 PDF
refused-attachment_empty = 这是一个空文件，没有可以发送的内容
picture = 图片：{ $name }
picture-open = 查看图片：{ $name }
video-play = 播放视频：{ $name }
file-download = 下载 { $name }
media-failed = 没有载入，点按重试
media-retry = 重新载入 { $name }
lightbox-close = 关闭大图
lightbox-before = 上一张
lightbox-after = 下一张

# 送达
uploading = 上传中，完成后自动送达
broken = 附件上传中断
cancel = 取消
sending = 发送中
waiting = 等待发送
stored = 已送达
failed = 未能送达
retry = 重新发送
discard = 删除

# 连接
offline = 暂时连不上网络。您的消息会保留，恢复后自动发送
connecting = 正在连接…
renewed = 之前的对话已过期，已为您开始新的对话
understood = 知道了

# 排队
queue-position = 正在排队，您在第 { $position } 位
queue-waiting = 正在排队，请稍候
queue-on-duty = 客服在线，会按顺序接待您
queue-off-duty = 客服现在不在线，上班后会按顺序回复您
queue-opens = 客服现在不在线，{ $time } 上班后会按顺序回复您
queue-leave = 您可以离开，消息会保留

# 提示（服务端没有附文字时）
notice-queue_joined = 已为您排队等候人工客服
notice-agent_joined = { $name }已加入对话
notice-agent_left = 客服已离开对话
notice-bot_slow = 还在处理，请再稍等一下
notice-bot_unavailable = 智能助手暂时无法回复，已为您转人工
notice-handoff_resolved = 本次人工服务已结束
notice-csat_request = 请为本次服务评分
notice-private_data_masked = 为保护隐私，部分内容已隐藏

# 工单
case-title = 工单
case-copy = 复制工单号
case-copied = 已复制
case-topic = 事项
case-due = 处理时限
case-reopen = 还没解决，重新打开工单
case-reopened = 工单 { $number } 已重新打开
case-state-new = 已提交
case-state-open = 处理中
case-state-waiting = 等待您补充
case-state-resolved = 已解决
case-state-closed = 已关闭

# 处罚
penalty-reason = 原因
penalty-rule = 依据
penalty-term = 期限
penalty-permanent = 永久
beijing-time = { $time }（北京时间）
penalty-from-to = { $from } 至 { $to }
penalty-to = 至 { $to }
penalty-deadline = 申诉截止
penalty-appealable = 可以申诉
penalty-not-appealable = 不可申诉
penalty-appeal-over = 已过申诉期

# 评价
csat-title = 这次服务，您满意吗？
csat-case = 工单 { $number }
csat-1 = 很不满意
csat-2 = 不满意
csat-3 = 一般
csat-4 = 满意
csat-5 = 非常满意
csat-star = { $score } 星，{ $label }
csat-hint = 轻点星星评分
csat-comment = 想说的话（选填）
csat-submit = 提交评价
csat-thanks = 感谢您的评价
csat-given = 您给了 { $score } 星 · { $label }
csat-over = 评价已结束
csat-failed = 没有提交成功，请稍后再试
