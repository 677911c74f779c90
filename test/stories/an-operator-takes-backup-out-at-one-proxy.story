# backup goes into maintenance at one proxy while it is the target and main is down: the views differ, nothing can be done
t=0 ha1 main:DOWN backup=4 ha2 main:DOWN backup=4
> t=0         ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E70 backup
> t=1..9      ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
t=10 ha1 backup:MAINT=0
> t=10..19    ha1 main:DOWN=0 backup:MAINT=0   ha2 main:DOWN=0 backup=4   R40 views-differ  E30 backup
t=20 ha1 backup:UP=4
> t=20        ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
t=21
> t=21        ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
