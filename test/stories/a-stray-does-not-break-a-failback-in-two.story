# a relay strays to main while the failback is held at the other proxy: it stays all or nothing, the rest are still pinned
with failback.after=60s
pins
t=0 ha1 main:DOWN backup=4 ha2 main:DOWN backup=4 level=operator
> t=0         ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4 level=operator   R90 failed-over  E70 backup  pin ha1/backup  pin ha2/backup
> t=1..19     ha1 main:DOWN=0 backup=4 pin=backup   ha2 main:DOWN=0 backup=4 pin=backup level=operator   R90 failed-over  E60 backup
t=20 ha1 main:UP ha2 main:UP
> t=20..79    ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup level=operator   R80 holding (wait)  E60 backup  held: failback-wait
> t=80        ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup level=operator   R50 sticky  E40 main  held: unconfirmed ha1, level-too-low ha2
> t=81..89    ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup level=operator   R50 sticky  E60 main  held: level-too-low ha2
t=90 ha1 main=1 backup=3
> t=90..99    ha1 main=1 backup=3 pin=backup   ha2 main=0 backup=4 pin=backup level=operator   R30 split-brain  E60 main  held: level-too-low ha2
t=100 ha2 level=admin
> t=100       ha1 main=1 backup=3 pin=backup   ha2 main=0 backup=4 pin=backup   R30 split-brain  E60 main  held: unconfirmed ha2
> t=101       ha1 main=1 backup=3 pin=backup   ha2 main=0 backup=4 pin=backup   R30 split-brain  E60 main  release ha1  release ha2  close ha1/backup  close ha2/backup
> t=102       ha1 main=1 backup=0   ha2 main=0 backup=0   R70 converged  E60 main
t=103 ha1 main=4 ha2 main=4
> t=103..104  ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=105
> t=105       ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
