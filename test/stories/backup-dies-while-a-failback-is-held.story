# backup dies while a failback is held: its pins are released for good, HAProxy has done the rest
with failback.after=60s
pins
t=0 ha1 main:DOWN backup=4 ha2 main:DOWN backup=4 level=operator
> t=0         ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4 level=operator   R90 failed-over  E70 backup  pin ha1/backup  pin ha2/backup
> t=1..19     ha1 main:DOWN=0 backup=4 pin=backup   ha2 main:DOWN=0 backup=4 pin=backup level=operator   R90 failed-over  E60 backup
t=20 ha1 main:UP ha2 main:UP
> t=20..79    ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup level=operator   R80 holding (wait)  E60 backup  held: failback-wait
> t=80        ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup level=operator   R50 sticky  E40 main  held: unconfirmed ha1, level-too-low ha2
> t=81..89    ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup level=operator   R50 sticky  E60 main  held: level-too-low ha2
t=90 ha1 backup:DOWN=0 main=4 ha2 backup:DOWN=2 main=2
> t=90        ha1 main=4 backup:DOWN=0 pin=backup   ha2 main=2 backup:DOWN=2 pin=backup level=operator   R30 split-brain  E60 main  held: level-too-low ha2  release ha1  release ha2
> t=91..94    ha1 main=4 backup:DOWN=0   ha2 main=2 backup:DOWN=2 level=operator   R30 split-brain  E60 main  held: level-too-low ha2
t=95 ha1 backup:UP ha2 backup:UP
> t=95..99    ha1 main=4 backup=0   ha2 main=2 backup=2 level=operator   R30 split-brain  E60 main  held: level-too-low ha2
t=100 ha2 backup=0 main=4
> t=100..101  ha1 main=4 backup=0   ha2 main=4 backup=0 level=operator   R70 converged  E60 main
t=102
> t=102       ha1 main=4 backup=0   ha2 main=4 backup=0 level=operator   R70 converged  E60 main
