# a reload in the middle of the wait hides backup's sessions in an old worker: the failback finds them there
with failback.after=60s
t=0 ha1 main:DOWN backup=4 ha2 main:DOWN backup=4
> t=0         ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E70 backup
> t=1..9      ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
t=10 ha1 main:UP ha2 main:UP
> t=10..19    ha1 main=0 backup=4   ha2 main=0 backup=4   R80 holding (wait)  E60 backup  held: failback-wait
t=20 ha1 reload
> t=20..69    ha1 main=0 backup=0 old100(backup=4)   ha2 main=0 backup=4   R80 holding (wait)  E60 backup  held: failback-wait
> t=70        ha1 main=0 backup=0 old100(backup=4)   ha2 main=0 backup=4   R50 sticky  E40 main  held: unconfirmed ha1, unconfirmed ha2
> t=71        ha1 main=0 backup=0 old100(backup=4)   ha2 main=0 backup=4   R50 sticky  E60 main  close ha1/old100/backup  close ha2/backup
> t=72..74    ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 main
t=75
> t=75        ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 main
