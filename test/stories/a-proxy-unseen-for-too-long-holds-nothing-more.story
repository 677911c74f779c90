# a proxy unseen for longer than failback.unseen: the failback goes on without it, and it follows when it is seen
with failback.after=10s failback.unseen=60s
t=0 ha1 main:DOWN backup=4 ha2 main:DOWN backup=4
> t=0         ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E70 backup
> t=1..9      ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
t=10 ha2 unseen ha1 main:UP
> t=10..19    ha1 main=0 backup=4   ha2 unseen   R80 holding (wait)  E60 backup  held: failback-wait, blind ha2
> t=20..69    ha1 main=0 backup=4   ha2 unseen   R80 holding (wait)  E60 backup  held: blind ha2
> t=70        ha1 main=0 backup=4   ha2 unseen   R50 sticky  E40 main  held: unconfirmed ha1, blind ha2
> t=71        ha1 main=0 backup=4   ha2 unseen   R50 sticky  E60 main  held: blind ha2  close ha1/backup
> t=72..74    ha1 main=0 backup=0   ha2 unseen   R60 idle  E60 main
t=75 ha1 main=4
> t=75..89    ha1 main=4 backup=0   ha2 unseen   R70 converged  E60 main
t=90 ha2 seen main:UP
> t=90        ha1 main=4 backup=0   ha2 main=0 backup=4   R30 split-brain  E60 main  held: unconfirmed ha2
> t=91        ha1 main=4 backup=0   ha2 main=0 backup=4   R30 split-brain  E60 main  close ha2/backup
> t=92        ha1 main=4 backup=0   ha2 main=0 backup=0   R70 converged  E60 main
t=93
> t=93        ha1 main=4 backup=0   ha2 main=0 backup=0   R70 converged  E60 main
