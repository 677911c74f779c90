# one proxy is unseen between the failback and its confirmation: none is closed until both can be
with failback.after=30s
t=0 ha1 main:DOWN backup=4 ha2 main:DOWN backup=4
> t=0         ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E70 backup
> t=1..9      ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
t=10 ha1 main:UP ha2 main:UP
> t=10..39    ha1 main=0 backup=4   ha2 main=0 backup=4   R80 holding (wait)  E60 backup  held: failback-wait
> t=40        ha1 main=0 backup=4   ha2 main=0 backup=4   R50 sticky  E40 main  held: unconfirmed ha1, unconfirmed ha2
t=41 ha2 unseen
> t=41..49    ha1 main=0 backup=4   ha2 unseen   R50 sticky  E60 main  held: blind ha2
t=50 ha2 seen
> t=50        ha1 main=0 backup=4   ha2 main=0 backup=4   R50 sticky  E60 main  held: unconfirmed ha2
> t=51        ha1 main=0 backup=4   ha2 main=0 backup=4   R50 sticky  E60 main  close ha1/backup  close ha2/backup
> t=52        ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 main
t=53
> t=53        ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 main
