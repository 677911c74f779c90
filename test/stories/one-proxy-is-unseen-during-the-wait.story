# one proxy is unseen when the failback is due: it waits for sight of every proxy; HAProxy vouches for main's time out of sight
with failback.after=30s
t=0 ha1 main:DOWN backup=4 ha2 main:DOWN backup=4
> t=0         ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E70 backup
> t=1..9      ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
t=10 ha1 main:UP ha2 main:UP
> t=10..19    ha1 main=0 backup=4   ha2 main=0 backup=4   R80 holding (wait)  E60 backup  held: failback-wait
t=20 ha2 unseen
> t=20..39    ha1 main=0 backup=4   ha2 unseen   R80 holding (wait)  E60 backup  held: failback-wait, blind ha2
> t=40..59    ha1 main=0 backup=4   ha2 unseen   R80 holding (wait)  E60 backup  held: blind ha2
t=60 ha2 seen
> t=60        ha1 main=0 backup=4   ha2 main=0 backup=4   R50 sticky  E40 main  held: unconfirmed ha1, unconfirmed ha2
> t=61        ha1 main=0 backup=4   ha2 main=0 backup=4   R50 sticky  E60 main  close ha1/backup  close ha2/backup
> t=62..64    ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 main
t=65
> t=65        ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 main
