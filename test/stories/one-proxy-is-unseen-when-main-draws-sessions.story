# one proxy is unseen and main draws sessions at the other: that one is healed, a failback would have waited
t=0 ha1 main:DOWN backup=4 ha2 main:DOWN backup=4
> t=0         ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E70 backup
> t=1..9      ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
t=10 ha1 main:UP ha2 main:UP
> t=10..19    ha1 main=0 backup=4   ha2 main=0 backup=4   R80 holding (wait)  E60 backup  held: failback-wait
t=20 ha2 unseen
> t=20..29    ha1 main=0 backup=4   ha2 unseen   R80 holding (wait)  E60 backup  held: failback-wait, blind ha2
t=30 ha1 main=2 backup=2
> t=30        ha1 main=2 backup=2   ha2 unseen   R30 split-brain  E50 main  held: unconfirmed ha1, blind ha2
> t=31        ha1 main=2 backup=2   ha2 unseen   R30 split-brain  E60 main  held: blind ha2  close ha1/backup
> t=32..39    ha1 main=2 backup=0   ha2 unseen   R70 converged  E60 main
t=40 ha2 seen
> t=40        ha1 main=2 backup=0   ha2 main=0 backup=4   R30 split-brain  E60 main  held: unconfirmed ha2
> t=41        ha1 main=2 backup=0   ha2 main=0 backup=4   R30 split-brain  E60 main  close ha2/backup
t=42
> t=42        ha1 main=2 backup=0   ha2 main=0 backup=0   R70 converged  E60 main
