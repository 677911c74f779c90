# three reloads left backup's sessions in an old worker each: all go to main, and no old worker is left
with failback.after=60s
t=0 ha1 main:DOWN backup=4 ha2 main:DOWN backup=4
> t=0         ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E70 backup
> t=1..9      ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
t=10 ha1 reload backup=3
> t=10..19    ha1 main:DOWN=0 backup=3 old100(backup=4)   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
t=20 ha1 reload backup=2
> t=20..29    ha1 main:DOWN=0 backup=2 old101(backup=3) old100(backup=4)   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
t=30 ha1 reload
> t=30..39    ha1 main:DOWN=0 backup=0 old102(backup=2) old101(backup=3) old100(backup=4)   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
t=40 ha1 main:UP ha2 main:UP
> t=40..99    ha1 main=0 backup=0 old102(backup=2) old101(backup=3) old100(backup=4)   ha2 main=0 backup=4   R80 holding (wait)  E60 backup  held: failback-wait
> t=100       ha1 main=0 backup=0 old102(backup=2) old101(backup=3) old100(backup=4)   ha2 main=0 backup=4   R50 sticky  E40 main  held: unconfirmed ha1, unconfirmed ha2
> t=101       ha1 main=0 backup=0 old102(backup=2) old101(backup=3) old100(backup=4)   ha2 main=0 backup=4   R50 sticky  E60 main  close ha1/old102/backup  close ha1/old101/backup  close ha1/old100/backup  close ha2/backup
> t=102..104  ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 main
t=105
> t=105       ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 main
