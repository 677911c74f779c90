# main is cut off from one proxy for partial.after: all go to backup, and come back by a failback like any other
with failback.after=10m
pins
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=1..9      ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=10 ha1 main:DOWN=0 backup=4
> t=10..29    ha1 main:DOWN=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E30 main  held: target-not-up ha1
> t=30        ha1 main:DOWN=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E30 backup  held: unconfirmed ha2
> t=31        ha1 main:DOWN=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E60 backup  held: failback-wait  pin ha1/backup  pin ha2/backup  close ha2/main
t=32 ha2 backup=4
> t=32..179   ha1 main:DOWN=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (together)  E60 backup  held: failback-wait
t=180
> t=180..219  ha1 main:DOWN=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (together)  E60 backup  held: failback-wait
t=220 ha1 main:UP
> t=220..818  ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (together)  E60 backup  held: failback-wait
t=819
> t=819       ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (together)  E60 backup  held: failback-wait
> t=820       ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R50 sticky  E40 main  held: unconfirmed ha1, unconfirmed ha2
> t=821       ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R50 sticky  E60 main  release ha1  release ha2  close ha1/backup  close ha2/backup
t=822 ha1 main=4 ha2 main=4
> t=822       ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
