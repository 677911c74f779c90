# one proxy is unseen during the wait and main is down there when sight returns: then only split.after is waited for
with failback.after=30s split.after=20s
t=0 ha1 main:DOWN backup=4 ha2 main:DOWN backup=4
> t=0         ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E70 backup
> t=1..9      ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
t=10 ha1 main:UP ha2 main:UP
> t=10..19    ha1 main=0 backup=4   ha2 main=0 backup=4   R80 holding (wait)  E60 backup  held: failback-wait
t=20 ha2 unseen
> t=20..39    ha1 main=0 backup=4   ha2 unseen   R80 holding (wait)  E60 backup  held: failback-wait, blind ha2
> t=40..49    ha1 main=0 backup=4   ha2 unseen   R80 holding (wait)  E60 backup  held: blind ha2
t=50 ha2 main:DOWN
> t=50..59    ha1 main=0 backup=4   ha2 unseen   R80 holding (wait)  E60 backup  held: blind ha2
t=60 ha2 seen
> t=60..69    ha1 main=0 backup=4   ha2 main:DOWN=0 backup=4   R80 holding (wait)  E60 backup  held: failback-wait
t=70 ha2 main:UP
> t=70..89    ha1 main=0 backup=4   ha2 main=0 backup=4   R80 holding (wait)  E60 backup  held: failback-wait
> t=90        ha1 main=0 backup=4   ha2 main=0 backup=4   R50 sticky  E40 main  held: unconfirmed ha1, unconfirmed ha2
> t=91        ha1 main=0 backup=4   ha2 main=0 backup=4   R50 sticky  E60 main  close ha1/backup  close ha2/backup
> t=92..94    ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 main
t=95
> t=95        ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 main
