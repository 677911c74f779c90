# a worker does not heed its pin: after three sessions that went elsewhere the wait ends as if there were none
with cooldown=0s
pins
t=0 ha1 main:DOWN backup=4 ha2 main:DOWN backup=4
> t=0         ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E70 backup  pin ha1/backup  pin ha2/backup
> t=1..39     ha1 main:DOWN=0 backup=4 pin=backup   ha2 main:DOWN=0 backup=4 pin=backup   R90 failed-over  E60 backup
t=40 ha1 main:UP ha2 main:UP
> t=40..43    ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (wait)  E60 backup  held: failback-wait
t=44 ha1 main=1 backup=3
> t=44        ha1 main=1 backup=3 pin=backup   ha2 main=0 backup=4 pin=backup   R30 split-brain  E60 backup  held: failback-wait, unconfirmed ha1
> t=45        ha1 main=1 backup=3 pin=backup   ha2 main=0 backup=4 pin=backup   R30 split-brain  E60 backup  held: failback-wait  close ha1/main
> t=46..48    ha1 main=0 backup=3 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (wait)  E60 backup  held: failback-wait
t=49 ha1 main=1 backup=2
> t=49        ha1 main=1 backup=2 pin=backup   ha2 main=0 backup=4 pin=backup   R30 split-brain  E60 backup  held: failback-wait, unconfirmed ha1
> t=50        ha1 main=1 backup=2 pin=backup   ha2 main=0 backup=4 pin=backup   R30 split-brain  E60 backup  held: failback-wait  close ha1/main
> t=51..53    ha1 main=0 backup=2 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (wait)  E60 backup  held: failback-wait
t=54 ha1 main=1 backup=1
> t=54        ha1 main=1 backup=1 pin=backup   ha2 main=0 backup=4 pin=backup   R30 split-brain  E50 main  held: unconfirmed ha1, unconfirmed ha2  release ha1  release ha2
> t=55        ha1 main=1 backup=1   ha2 main=0 backup=4   R30 split-brain  E60 main  close ha1/backup  close ha2/backup
> t=56..59    ha1 main=1 backup=0   ha2 main=0 backup=0   R70 converged  E60 main
t=60
> t=60..62    ha1 main=1 backup=0   ha2 main=0 backup=0   R70 converged  E60 main
t=63 ha1 main=4 ha2 main=4
> t=63..64    ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=65
> t=65        ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
