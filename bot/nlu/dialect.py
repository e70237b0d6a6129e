"""Written Cantonese read as the standard language, word by word.

Hong Kong and Guangdong write as they speak: the verbs are known, the little words between them are not, and
they look and sound unlike their counterparts. The text must be in simplified characters already.
"""

import re

# Characters which nobody writes but for Cantonese; without one of them nothing is touched.
_CANTONESE = re.compile("[唔冇嘅咗喺佢哋嗰啲俾畀睇搵揾攞嚟嘢咩乜咁噉㗎啱]")
_WORDS = {
    "唔该": "请",
    "唔使": "不用",
    "唔好": "别",
    "点解": "为什么",
    "点样": "怎么",
    "点算": "怎么办",
    "点搞": "怎么办",
    "系咪": "是不是",
    "即系": "就是",
    "定系": "还是",
    "系边": "在哪",
    "而家": "现在",
    "依家": "现在",
    "琴日": "昨天",
    "寻日": "昨天",
    "听日": "明天",
    "今日": "今天",
    "几时": "什么时候",
    "边个": "谁",
    "边度": "哪里",
    "边条": "哪条",
    "呢个": "这个",
    "呢度": "这里",
    "呢条": "这条",
    "嗰阵": "那时",
    "咁样": "这样",
    "咁多": "这么多",
    "冇得": "不能",
    "入唔到": "进不去",
    "俾人": "被人",
    "畀人": "被人",
    "揾返": "找回",
    "搵返": "找回",
    "攞返": "拿回",
    "乜嘢": "什么",
    "做咩": "干嘛",
    "成日": "老是",
    "啱啱": "刚刚",
    "唔": "不",
    "冇": "没",
    "嘅": "的",
    "咗": "了",
    "喺": "在",
    "佢": "他",
    "哋": "们",
    "嗰": "那",
    "啲": "些",
    "俾": "给",
    "畀": "给",
    "睇": "看",
    "搵": "找",
    "揾": "找",
    "攞": "拿",
    "嚟": "来",
    "嘢": "东西",
    "咩": "什么",
    "乜": "什么",
    "噉": "这样",
    "咁": "这么",
    "㗎": "的",
    "仲": "还",
    "系": "是",
}
# These stand for themselves although a word of the table is in them; each is a pattern, for the table's words
# meet others as well: "医院系…" (the hospital is), "仲介绍" (also introduces), "今早点解" (why this morning).
_STANDARD = (
    *("系统", "系列", "系数(?!据)", "系主任", "系鞋带", "系领带", "系安全带"),
    *("联系", "关系", "维系", "干系", "体系", "派系", "科系", "嫡系", "谱系", "语系", "太阳系", "银河系"),
    *("直系亲属", "旁系", "(?<!医)院系", "(?<!明)星系"),
    *("仲裁", "仲介(?!绍)", "仲夏", "仲秋", "伯仲", "杜仲"),
    *("快点", "一点", "(?<![今朝])早点"),
)
_PIECE = re.compile("|".join((*_STANDARD, *sorted(_WORDS, key=len, reverse=True))))


def in_standard_chinese(text: str) -> str:
    """The text with Cantonese words replaced (as it is, where it has none)."""
    if not _CANTONESE.search(text):
        return text
    return _PIECE.sub(lambda piece: _WORDS.get(piece[0], piece[0]), text)
