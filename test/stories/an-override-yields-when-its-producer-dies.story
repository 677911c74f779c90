# the producer of an override dies: it is over for good, also when that producer returns
pins
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=1..9      ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=10 override=backup:2h
> t=10        ha1 main=4 backup=0   ha2 main=4 backup=0   R50 sticky  E10 backup  held: unconfirmed ha1, unconfirmed ha2
> t=11        ha1 main=4 backup=0   ha2 main=4 backup=0   R50 sticky  E10 backup  pin ha1/backup  pin ha2/backup  close ha1/main  close ha2/main
t=12 ha1 backup=4 ha2 backup=4
> t=12..99    ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (override)  E10 backup
t=100 ha1 backup:DOWN=0 main=4 ha2 backup:DOWN=0 main=4
> t=100       ha1 main=4 backup:DOWN=0 pin=backup   ha2 main=4 backup:DOWN=0 pin=backup   R70 converged  E20 main  release ha1  release ha2
> t=101..129  ha1 main=4 backup:DOWN=0   ha2 main=4 backup:DOWN=0   R70 converged  E60 main
t=130 ha1 backup:UP ha2 backup:UP
> t=130..131  ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=132
> t=132       ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
