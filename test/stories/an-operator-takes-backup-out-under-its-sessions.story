# backup goes into maintenance during the wait, its sessions hang on: main is the target at once, and they are closed
t=0 ha1 main:DOWN backup=4 ha2 main:DOWN backup=4
> t=0         ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E70 backup
> t=1..9      ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
t=10 ha1 main:UP ha2 main:UP
> t=10..19    ha1 main=0 backup=4   ha2 main=0 backup=4   R80 holding (wait)  E60 backup  held: failback-wait
t=20 ha1 backup:MAINT ha2 backup:MAINT
> t=20        ha1 main=0 backup:MAINT=4   ha2 main=0 backup:MAINT=4   R50 sticky  E20 main  held: unconfirmed ha1, unconfirmed ha2
> t=21        ha1 main=0 backup:MAINT=4   ha2 main=0 backup:MAINT=4   R50 sticky  E60 main  close ha1/backup  close ha2/backup
t=22
> t=22        ha1 main=0 backup:MAINT=0   ha2 main=0 backup:MAINT=0   R60 idle  E60 main
