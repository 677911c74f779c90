# both producers fail: nothing is done, and it is said; the first that returns is the target at once
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=1..9      ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=10 ha1 main:DOWN=0 backup=4 ha2 main:DOWN=0 backup=4
> t=10        ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E20 backup
> t=11..19    ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
t=20 ha1 backup:DOWN=0 ha2 backup:DOWN=0
> t=20..29    ha1 main:DOWN=0 backup:DOWN=0   ha2 main:DOWN=0 backup:DOWN=0   R20 no-producer  E60 backup
t=30 ha1 main:UP ha2 main:UP
> t=30        ha1 main=0 backup:DOWN=0   ha2 main=0 backup:DOWN=0   R60 idle  E20 main
> t=31..34    ha1 main=0 backup:DOWN=0   ha2 main=0 backup:DOWN=0   R60 idle  E60 main
t=35 ha1 main=4 ha2 main=4
> t=35..39    ha1 main=4 backup:DOWN=0   ha2 main=4 backup:DOWN=0   R70 converged  E60 main
t=40 ha1 backup:UP ha2 backup:UP
> t=40        ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=41
> t=41        ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
