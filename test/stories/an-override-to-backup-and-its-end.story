# an override to backup moves both proxies in one tick and holds them; when its time is over main comes back as ever
pins
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=1..9      ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=10 override=backup:5m
> t=10        ha1 main=4 backup=0   ha2 main=4 backup=0   R50 sticky  E10 backup  held: unconfirmed ha1, unconfirmed ha2
> t=11        ha1 main=4 backup=0   ha2 main=4 backup=0   R50 sticky  E10 backup  pin ha1/backup  pin ha2/backup  close ha1/main  close ha2/main
t=12 ha1 backup=4 ha2 backup=4
> t=12..308   ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (override)  E10 backup
t=309
> t=309       ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (override)  E10 backup
> t=310       ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R50 sticky  E40 main  held: unconfirmed ha1, unconfirmed ha2
> t=311       ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R50 sticky  E60 main  release ha1  release ha2  close ha1/backup  close ha2/backup
t=312 ha1 main=4 ha2 main=4
> t=312       ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
