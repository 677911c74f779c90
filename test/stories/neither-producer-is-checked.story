# neither producer has a health check: none is known to be up, nothing is ever closed
t=0 ha1 main:no_check=2 backup:no_check=2 ha2 main:no_check=4 backup:no_check
> t=0..4      ha1 main:no_check=2 backup:no_check=2   ha2 main:no_check=4 backup:no_check=0   R20 no-producer  E99 nobody
t=5
> t=5         ha1 main:no_check=2 backup:no_check=2   ha2 main:no_check=4 backup:no_check=0   R20 no-producer  E99 nobody
