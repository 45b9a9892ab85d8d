### How far something is that many are told: one message in an official's chat, which edits itself.

progress-counts =
    { $bilah } { $persen }%
    Told: { $sudah }
    Waiting to be told: { $tunggu }
    Not reached: { $gagal }
    { $gugur }
    { $uji }
progress-counts-cancelled = Told before: { $sudah }
progress-dropped = Need not be told any more: { $n }
progress-trial = Trial, not sent: { $n }
progress-going-on = Under way. This message changes by itself.
progress-preparing = Being prepared. This message changes by itself.
progress-paused = PAUSED: nothing is sent for the time being. Press Go on when you are ready.
progress-done = Done: nobody waits to be told any more.
progress-cancelled = CANCELLED: nothing more is sent.
progress-moved = How far it is stands in a newer message, below.
progress-button-pause = Pause
progress-button-go-on = Go on
progress-button-cancel = Cancel
progress-button-who = Who was reached
progress-paused-now = Paused. What is on its way still arrives; after that nothing is sent until you press Go on.
progress-paused-before = It was paused before.
progress-goes-on = It goes on.
progress-went-on = It is under way, and was not paused.
progress-ended = It is done; nobody waits any more.
progress-cancelled-before = It was cancelled before, and that cannot be changed any more.
progress-cancel-sure =
    Cancel it for good?

    { $sudah } people were told. { $tunggu } people who still wait will not be told. This cannot be changed any more.

    If it only has to stop for a while, use Pause.
progress-button-cancel-yes = Yes, cancel
progress-button-cancel-no = Never mind
progress-cancelled-now = Cancelled. Those who still waited are not told any more.
progress-cancel-not = Not cancelled. Nothing was changed.
progress-not-yours = This is not in your region.
