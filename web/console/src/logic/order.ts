/**
 * Answers may overtake one another. Taken when asking, the returned check tells whether the answer is
 * still news: false once one that was asked for later has been accepted.
 */
export function inOrder(): () => () => boolean {
  let asked = 0
  let accepted = 0
  return () => {
    const mine = (asked += 1)
    return () => {
      if (mine < accepted) return false
      accepted = mine
      return true
    }
  }
}
