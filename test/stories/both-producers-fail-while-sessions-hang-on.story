# both producers fail while sessions hang on: they are left where they are, there is nowhere to send them
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=1..9      ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=10 ha1 main:DOWN backup:DOWN ha2 main:DOWN backup:DOWN
> t=10..19    ha1 main:DOWN=4 backup:DOWN=0   ha2 main:DOWN=4 backup:DOWN=0   R20 no-producer  E60 main
t=20 ha1 backup:UP ha2 backup:UP
> t=20        ha1 main:DOWN=4 backup=0   ha2 main:DOWN=4 backup=0   R50 sticky  E20 backup  held: unconfirmed ha1, unconfirmed ha2
> t=21        ha1 main:DOWN=4 backup=0   ha2 main:DOWN=4 backup=0   R50 sticky  E60 backup  close ha1/main  close ha2/main
> t=22..29    ha1 main:DOWN=0 backup=0   ha2 main:DOWN=0 backup=0   R60 idle  E60 backup
t=30
> t=30        ha1 main:DOWN=0 backup=0   ha2 main:DOWN=0 backup=0   R60 idle  E60 backup
