# backup comes and goes while main is down: nothing to choose from, so no moves and nothing to close
t=0 ha1 main:DOWN backup=4 ha2 main:DOWN backup=4
> t=0         ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E70 backup
> t=1..9      ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
t=10 ha1 backup:DOWN=0 ha2 backup:DOWN=0
> t=10..19    ha1 main:DOWN=0 backup:DOWN=0   ha2 main:DOWN=0 backup:DOWN=0   R20 no-producer  E60 backup
t=20 ha1 backup:UP=4 ha2 backup:UP=4
> t=20..29    ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
t=30 ha1 backup:DOWN=0 ha2 backup:DOWN=0
> t=30        ha1 main:DOWN=0 backup:DOWN=0   ha2 main:DOWN=0 backup:DOWN=0   R20 no-producer  E60 backup
t=31
> t=31        ha1 main:DOWN=0 backup:DOWN=0   ha2 main:DOWN=0 backup:DOWN=0   R20 no-producer  E60 backup
