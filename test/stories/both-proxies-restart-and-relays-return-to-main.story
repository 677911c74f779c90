# both HAProxies restart while backup is the target and main is long back: the relays come to main by themselves, the wait is dropped
t=0 ha1 main:DOWN backup=4 ha2 main:DOWN backup=4
> t=0         ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E70 backup
> t=1..9      ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
t=10 ha1 main:UP ha2 main:UP
> t=10..19    ha1 main=0 backup=4   ha2 main=0 backup=4   R80 holding (wait)  E60 backup  held: failback-wait
t=20 ha1 restart ha2 restart
> t=20..21    ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 backup  held: failback-wait
t=22 ha1 main=4 ha2 main=4
> t=22..49    ha1 main=4 backup=0   ha2 main=4 backup=0   R50 sticky  E60 backup  held: failback-wait, target-not-up ha1, target-not-up ha2
> t=50        ha1 main=4 backup=0   ha2 main=4 backup=0   R50 sticky  E60 backup  held: failback-wait, unconfirmed ha1, not-steerable ha1, unconfirmed ha2, not-steerable ha2
> t=51..52    ha1 main=4 backup=0   ha2 main=4 backup=0   R50 sticky  E60 backup  held: failback-wait, not-steerable ha1, not-steerable ha2
> t=53        ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E50 main
> t=54..59    ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=60
> t=60        ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
