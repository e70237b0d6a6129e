"""The two pages as people use them: what they see, press and type, in a headless Chromium."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, FilePayload, Locator, Page, Response, expect

PATIENCE_MS = 30_000
# The browser keeps to itself: the journeys speak to this machine only.
QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
)
expect.set_options(timeout=PATIENCE_MS)


class Shots:
    """Pictures of every state, numbered as the journey goes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0
        folder.mkdir(parents=True, exist_ok=True)

    def take(self, page: Page, state: str) -> None:
        self._count += 1
        page.screenshot(path=self._folder / f"{self._count:02}-{state}.png", animations="disabled")


class Visit:
    """A page in a profile of its own, with every complaint the browser made about it."""

    def __init__(self, browser: Browser, url: str, width: int, height: int) -> None:
        self._context: BrowserContext = browser.new_context(
            base_url=url, locale="zh-CN", timezone_id="Asia/Shanghai", viewport={"width": width, "height": height}
        )
        self._context.set_default_timeout(PATIENCE_MS)
        self.page: Page = self._context.new_page()
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._hear)

    def close(self) -> None:
        self._context.close()

    def _hear(self, message: ConsoleMessage) -> None:
        # Being asked to sign in is how a visit to the console begins, and no fault.
        if message.type == "error" and "401" not in message.text:
            self.complaints.append(message.text)


class WidgetPage(Visit):
    """A user at the demo page with the widget open."""

    def __init__(self, browser: Browser, url: str) -> None:
        super().__init__(browser, url, 1180, 860)
        self.conversation_id = ""
        self.page.on("response", self._note_session)
        self.page.goto("/?lang=zh")
        expect(self.log).to_have_attribute("aria-busy", "false")

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log")

    def say(self, text: str) -> None:
        field = self.page.get_by_label("输入消息", exact=True)
        field.fill(text)
        field.press("Enter")
        expect(self.bubbles("user").last).to_have_text(text)

    def press(self, title: str) -> None:
        self.page.get_by_role("button", name=title, exact=True).and_(self.page.locator(".reply:enabled")).click()

    def sees(self, text: str) -> None:
        """Until it stands in the conversation, and the bot has finished typing."""
        expect(self.log.get_by_text(text).last).to_be_visible()
        expect(self.page.locator(".is-typing")).to_have_count(0)

    def bubbles(self, author: str) -> Locator:
        return self.page.locator(f".row.is-{author} .bubble")

    def lines(self) -> list[str]:
        """The conversation as it stands on the screen, line by line."""
        return self.page.locator(".row .bubble, .card, .notice").all_inner_texts()

    def rate(self, stars: int, comment: str) -> None:
        self.page.locator(".csat .star").nth(stars - 1).click()
        self.page.get_by_label("想说的话").fill(comment)
        self.page.get_by_role("button", name="提交评价").click()
        self.sees("感谢您的评价")

    def choose_files(self, *files: FilePayload) -> None:
        """As from the browser's dialogue of files."""
        self.page.locator("input[type=file]").set_input_files(list(files))

    def chosen(self, state: str) -> Locator:
        """What stands above the composer: queued, uploading, ready, broken or refused."""
        return self.page.locator(f".tray-item.is-{state}")

    def pictures(self, author: str) -> Locator:
        """Those in the conversation that are there to be seen."""
        return self.page.locator(f".row.is-{author} .tile:has(img)")

    def close_window(self) -> None:
        self.page.get_by_role("button", name="收起对话").first.click()
        expect(self.page.get_by_role("dialog")).to_have_count(0)

    def reload(self) -> None:
        """Come back to the page: everything stands as it stood."""
        before = self.lines()
        self.page.reload()
        expect(self.log).to_have_attribute("aria-busy", "false")
        expect(self.page.locator(".row .bubble, .card, .notice")).to_have_count(len(before))
        assert self.lines() == before

    def _note_session(self, response: Response) -> None:
        if response.url.endswith("/api/session") and response.ok:
            self.conversation_id = response.json()["conversation_id"]


class ConsolePage(Visit):
    """An agent at the console."""

    def __init__(self, browser: Browser, url: str) -> None:
        super().__init__(browser, url, 1440, 900)
        self.page.goto("/console/")

    @property
    def transcript(self) -> Locator:
        return self.page.get_by_role("log")

    def sign_in(self, login: str, password: str) -> None:
        self.page.get_by_label("账号", exact=True).fill(login)
        self.page.get_by_label("密码", exact=True).fill(password)
        self.page.get_by_role("button", name="登录", exact=True).click()
        expect(self.page.get_by_role("heading", name="会话", exact=True)).to_be_visible()

    def go_on_duty(self) -> None:
        switch = self.page.get_by_role("switch", name="在岗状态")
        if not switch.is_checked():
            self.page.locator(".duty .el-switch").click()
        expect(self.page.locator(".duty")).to_contain_text("在岗")

    def waiting(self, conversation_id: str) -> Locator:
        """The queue's entry of a conversation."""
        return self.page.locator("li.item", has=self.page.locator(f'a[href$="{conversation_id}"]'))

    def look_at(self, conversation_id: str) -> None:
        self.waiting(conversation_id).locator("a").first.click()
        expect(self.transcript).to_be_visible()

    def claim(self) -> None:
        self.page.locator(".locked").get_by_role("button", name="接入").click()
        expect(self.page.get_by_label("回复用户")).to_be_visible()

    def write(self, text: str) -> None:
        field = self.page.get_by_label("回复用户")
        field.fill(text)
        field.press("Enter")
        self.reads(text)
        # It is drawn before the desk has it.
        expect(self.transcript.locator(".sending, .failed")).to_have_count(0)

    def reads(self, text: str) -> None:
        """Until it stands in the transcript."""
        expect(self.transcript.get_by_text(text).last).to_be_visible()

    def choose_files(self, *files: FilePayload) -> None:
        """As from the browser's dialogue of files."""
        self.page.locator("input[type=file]").set_input_files(list(files))

    def chosen(self, state: str) -> Locator:
        """What stands above the composer: waiting, uploading, done or failed."""
        return self.page.locator(f".tray .item.{state}")

    def pictures(self) -> Locator:
        """Those in the transcript that are there to be seen."""
        return self.transcript.locator(".thumb.loaded")

    def material(self) -> Locator:
        """The pictures filed under the case, beside a conversation or on its own page."""
        return self.page.locator(".grid.small .thumb.loaded")

    def open_case(self, number: str) -> None:
        self.page.goto(f"/console/cases/{number}")
        expect(self.page.get_by_role("heading", name="处理记录")).to_be_visible()

    def wait_for_user(self, tell: str, note: str) -> None:
        """Set the case shown to waiting, with words for its user and words for colleagues."""
        self.page.get_by_role("button", name="等用户补充").click()
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_label("告诉用户").fill(tell)
        dialog.get_by_label("内部说明").fill(note)
        dialog.get_by_role("button", name="等用户补充，并告诉用户").click()
        expect(dialog).to_be_hidden()

    def details(self) -> Locator:
        return self.page.locator(".details")

    def resolve(self, note: str) -> None:
        self.page.get_by_role("button", name="解决", exact=True).click()
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_role("textbox").fill(note)
        dialog.get_by_role("button", name="确认解决").click()
        expect(dialog).to_be_hidden()

    def lines(self) -> list[str]:
        return self.transcript.locator(".bubble, .notice").all_inner_texts()

    def reload(self) -> None:
        """Come back to the page: still signed in, the same conversation, nothing lost."""
        before = self.lines()
        self.page.reload()
        expect(self.transcript.locator(".bubble, .notice")).to_have_count(len(before))
        assert self.lines() == before
