# an operator puts main in maintenance at both proxies and ends it: a failover, and then the failback wait
with failback.after=60s
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=1..9      ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=10 ha1 main:MAINT=0 backup=4 ha2 main:MAINT=0 backup=4
> t=10        ha1 main:MAINT=0 backup=4   ha2 main:MAINT=0 backup=4   R90 failed-over  E20 backup
> t=11..59    ha1 main:MAINT=0 backup=4   ha2 main:MAINT=0 backup=4   R90 failed-over  E60 backup
t=60 ha1 main:UP ha2 main:UP
> t=60..119   ha1 main=0 backup=4   ha2 main=0 backup=4   R80 holding (wait)  E60 backup  held: failback-wait
> t=120       ha1 main=0 backup=4   ha2 main=0 backup=4   R50 sticky  E40 main  held: unconfirmed ha1, unconfirmed ha2
> t=121       ha1 main=0 backup=4   ha2 main=0 backup=4   R50 sticky  E60 main  close ha1/backup  close ha2/backup
> t=122..124  ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 main
t=125
> t=125       ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 main
