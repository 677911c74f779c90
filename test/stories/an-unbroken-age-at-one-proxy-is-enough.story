# main was cut off from one proxy only: its age at the other counts, only split.after is waited for
t=0 ha1 backup=4 ha2 backup=4 main:DOWN
> t=0         ha1 main=0 backup=4   ha2 main:DOWN=0 backup=4   R80 holding (wait)  E70 backup  held: failback-wait
> t=1..59     ha1 main=0 backup=4   ha2 main:DOWN=0 backup=4   R80 holding (wait)  E60 backup  held: failback-wait
t=60 ha2 main:UP
> t=60..62    ha1 main=0 backup=4   ha2 main=0 backup=4   R80 holding (wait)  E60 backup  held: failback-wait
> t=63        ha1 main=0 backup=4   ha2 main=0 backup=4   R50 sticky  E40 main  held: unconfirmed ha1, unconfirmed ha2
> t=64        ha1 main=0 backup=4   ha2 main=0 backup=4   R50 sticky  E60 main  close ha1/backup  close ha2/backup
> t=65        ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 main
t=66
> t=66        ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 main
