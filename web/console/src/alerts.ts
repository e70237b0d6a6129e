/** Sound and desktop notification, both off until the agent asks for them. */
import type { ConsoleEvents } from './stores/console'
import type { Prefs } from './stores/prefs'
import { t } from './words'

export interface Alerts extends ConsoleEvents {
  /** Ask the browser's leave; false when it was refused. */
  allowNotifications(): Promise<boolean>
}

export function createAlerts(prefs: Prefs): Alerts {
  let audio: AudioContext | null = null

  function chime(): void {
    if (!prefs.sound) return
    audio ??= new AudioContext()
    const start = audio.currentTime
    ;[660, 880].forEach((pitch, index) => note(audio!, pitch, start + index * 0.14))
  }

  function notify(text: string): void {
    if (!prefs.notify || !document.hidden || Notification.permission !== 'granted') return
    // One tag: a newer notice replaces the older one instead of piling up.
    const notice = new Notification(t('app-name'), { body: text, tag: 'console' })
    notice.onclick = () => window.focus()
  }

  return {
    onArrived(handoffs) {
      chime()
      notify(t('notify-waiting', { count: handoffs.length }))
    },
    onUserMessage() {
      // What is being looked at needs no bell; and the user's words do not belong on a lock screen.
      if (!document.hidden) return
      chime()
      notify(t('notify-message'))
    },
    async allowNotifications() {
      return 'Notification' in window && (await Notification.requestPermission()) === 'granted'
    },
  }
}

function note(audio: AudioContext, pitch: number, at: number): void {
  const oscillator = audio.createOscillator()
  const volume = audio.createGain()
  oscillator.frequency.value = pitch
  volume.gain.setValueAtTime(0.12, at)
  volume.gain.exponentialRampToValueAtTime(0.001, at + 0.3)
  oscillator.connect(volume).connect(audio.destination)
  oscillator.start(at)
  oscillator.stop(at + 0.3)
}
