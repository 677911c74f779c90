# an override goes ahead at the proxies that are seen; the other follows when it is seen
pins
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=1..9      ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=10 ha2 unseen
> t=10..19    ha1 main=4 backup=0   ha2 unseen   R70 converged  E60 main
t=20 override=backup:2h
> t=20        ha1 main=4 backup=0   ha2 unseen   R50 sticky  E10 backup  held: unconfirmed ha1, blind ha2
> t=21        ha1 main=4 backup=0   ha2 unseen   R50 sticky  E10 backup  held: blind ha2  pin ha1/backup  close ha1/main
t=22 ha1 backup=4
> t=22..59    ha1 main=0 backup=4 pin=backup   ha2 unseen   R80 holding (override)  E10 backup
t=60 ha2 seen
> t=60        ha1 main=0 backup=4 pin=backup   ha2 main=4 backup=0   R30 split-brain  E10 backup  held: unconfirmed ha2  pin ha2/backup
> t=61        ha1 main=0 backup=4 pin=backup   ha2 main=4 backup=0 pin=backup   R30 split-brain  E10 backup  close ha2/main
> t=62        ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=0 pin=backup   R80 holding (override)  E10 backup
t=63 ha2 backup=4
> t=63..64    ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (override)  E10 backup
t=65
> t=65        ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (override)  E10 backup
