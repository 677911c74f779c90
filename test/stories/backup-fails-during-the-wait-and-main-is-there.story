# backup fails while main still waits for its failback: failover to main at once, the wait is over
t=0 ha1 main:DOWN backup=4 ha2 main:DOWN backup=4
> t=0         ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E70 backup
> t=1..9      ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
t=10 ha1 main:UP ha2 main:UP
> t=10..19    ha1 main=0 backup=4   ha2 main=0 backup=4   R80 holding (wait)  E60 backup  held: failback-wait
t=20 ha1 backup:DOWN=0 ha2 backup:DOWN=0
> t=20        ha1 main=0 backup:DOWN=0   ha2 main=0 backup:DOWN=0   R60 idle  E20 main
t=21 ha1 main=4 ha2 main=4
> t=21..29    ha1 main=4 backup:DOWN=0   ha2 main=4 backup:DOWN=0   R70 converged  E60 main
t=30 ha1 backup:UP ha2 backup:UP
> t=30        ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=31
> t=31        ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
