# an override to a producer that is up at one proxy only: nobody moves until it is fit to go to everywhere
pins
t=0 ha1 main=4 ha2 main=4 backup:DOWN
> t=0         ha1 main=4 backup=0   ha2 main=4 backup:DOWN=0   R70 converged  E70 main
> t=1..9      ha1 main=4 backup=0   ha2 main=4 backup:DOWN=0   R70 converged  E60 main
t=10 override=backup:2h
> t=10        ha1 main=4 backup=0   ha2 main=4 backup:DOWN=0   R40 views-differ  E10 backup  held: unconfirmed ha1, target-not-up ha2
> t=11..59    ha1 main=4 backup=0   ha2 main=4 backup:DOWN=0   R40 views-differ  E10 backup  held: target-not-up ha2
t=60 ha2 backup:UP
> t=60        ha1 main=4 backup=0   ha2 main=4 backup=0   R50 sticky  E10 backup  held: unconfirmed ha2
> t=61        ha1 main=4 backup=0   ha2 main=4 backup=0   R50 sticky  E10 backup  pin ha1/backup  pin ha2/backup  close ha1/main  close ha2/main
> t=62        ha1 main=0 backup=0 pin=backup   ha2 main=0 backup=0 pin=backup   R60 idle  E10 backup
t=63 ha1 backup=4 ha2 backup=4
> t=63..64    ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (override)  E10 backup
t=65
> t=65        ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (override)  E10 backup
