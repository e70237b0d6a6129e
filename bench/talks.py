"""What the users of the bench say, to the service and to the stock project alike."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle

from bench import accounts


@dataclass(frozen=True)
class Talk:
    """Messages said over and over in one conversation, each of them one turn of the same kind."""

    name: str
    texts: tuple[str, ...]
    answer_holds: str = ""  # an answer without it is a wrong one, and a fast wrong answer is no answer
    at_once: tuple[int, ...] = (1, 16, 64)

    def messages(self, user: int = 0) -> Iterator[str]:
        """What the user with this number says, without end."""
        return cycle([text.format(account=accounts.name_of(user)) for text in self.texts])


PLAIN = Talk("plain turn", ("你好", "谢谢", "你是机器人吗"))
# The reason of these accounts' penalty stands in the account system alone.
LOOK_UP = Talk("turn with a look-up", ("我的号 {account} 为什么被封，手机 13800001111",), answer_holds="站外引流")
TALKS = (PLAIN, LOOK_UP)
