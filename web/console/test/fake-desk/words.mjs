/** Labels of the few codes the fake desk uses, in both languages. */
const labels = {
  zh: {
    user_request: '用户要求人工', not_understood: '机器人两次没听懂', crisis: '危机关怀', action_failed: '查询出错', slot_retries: '信息多次填写不成',
    ban_appeal: '账号封禁申诉', account_stolen: '账号被盗', live_quality: '直播画质差', recharge_not_arrived: '充值未到账', infringement_copyright: '作品被搬运', settings_howto: '设置怎么操作',
    penalty_appeal: '处罚申诉', account_security: '账号安全', live_support: '直播', payment: '资金', ip_legal: '侵权维权', general: '综合',
    opened: '登记工单', handed_over: '转人工', assigned: '客服接入', state_changed: '状态变更', note: '备注', rated: '用户评价', bot: '机器人', douyin_id: '抖音号', phone: '登记手机', reason: '申诉理由', penalty: '处罚',
  },
  en: {
    user_request: 'Asked for a person', not_understood: 'Not understood twice', crisis: 'Crisis', action_failed: 'A look-up failed', slot_retries: 'Details would not validate',
    ban_appeal: 'Ban appeal', account_stolen: 'Stolen account', live_quality: 'Poor live quality', recharge_not_arrived: 'Top-up not arrived', infringement_copyright: 'Copied work', settings_howto: 'Settings',
    penalty_appeal: 'Penalty appeals', account_security: 'Account security', live_support: 'Live support', payment: 'Payments', ip_legal: 'Infringement', general: 'General',
    opened: 'Case opened', handed_over: 'Handed over', assigned: 'Taken by an agent', state_changed: 'State changed', note: 'Note', rated: 'Rated by the user', bot: 'Bot', douyin_id: 'Douyin ID', phone: 'Registered phone', reason: 'Grounds of appeal', penalty: 'Penalty',
  },
}

export const label = (language, code) => labels[language][code] ?? code
export const languageOf = (request) => (request.headers['accept-language']?.startsWith('en') ? 'en' : 'zh')
