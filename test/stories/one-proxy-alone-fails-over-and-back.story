# a single proxy: failover, wait, failback
with failback.after=30s
proxies ha1
t=0 ha1 main=4
> t=0         ha1 main=4 backup=0   R70 converged  E70 main
> t=1..9      ha1 main=4 backup=0   R70 converged  E60 main
t=10 ha1 main:DOWN=0 backup=4
> t=10        ha1 main:DOWN=0 backup=4   R90 failed-over  E20 backup
> t=11..19    ha1 main:DOWN=0 backup=4   R90 failed-over  E60 backup
t=20 ha1 main:UP
> t=20..49    ha1 main=0 backup=4   R80 holding (wait)  E60 backup  held: failback-wait
> t=50        ha1 main=0 backup=4   R50 sticky  E40 main  held: unconfirmed ha1
> t=51        ha1 main=0 backup=4   R50 sticky  E60 main  close ha1/backup
t=52 ha1 main=4
> t=52        ha1 main=4 backup=0   R70 converged  E60 main
t=53
> t=53        ha1 main=4 backup=0   R70 converged  E60 main
