# the supervisor restarts right after a failback, without a journal: relays on their way back are left alone
with failback.after=10s cooldown=30s
t=0 ha1 main:DOWN backup=4 ha2 main:DOWN backup=4
> t=0         ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E70 backup
> t=1..9      ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
t=10 ha1 main:UP ha2 main:UP
> t=10..19    ha1 main=0 backup=4   ha2 main=0 backup=4   R80 holding (wait)  E60 backup  held: failback-wait
> t=20        ha1 main=0 backup=4   ha2 main=0 backup=4   R50 sticky  E40 main  held: unconfirmed ha1, unconfirmed ha2
> t=21        ha1 main=0 backup=4   ha2 main=0 backup=4   R50 sticky  E60 main  close ha1/backup  close ha2/backup
t=22 cautious ha1 main=3 backup=1
> t=22        ha1 main=3 backup=1   ha2 main=0 backup=0   R30 split-brain  E80 main  held: cooldown ha1, unconfirmed ha1
> t=23..51    ha1 main=3 backup=1   ha2 main=0 backup=0   R30 split-brain  E60 main  held: cooldown ha1
> t=52        ha1 main=3 backup=1   ha2 main=0 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=53..54    ha1 main=3 backup=0   ha2 main=0 backup=0   R70 converged  E60 main
t=55
> t=55        ha1 main=3 backup=0   ha2 main=0 backup=0   R70 converged  E60 main
