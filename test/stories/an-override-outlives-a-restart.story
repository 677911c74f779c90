# an override outlives a restart with a journal, and ends when it was to end
pins
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=1..9      ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=10 override=backup:10m
> t=10        ha1 main=4 backup=0   ha2 main=4 backup=0   R50 sticky  E10 backup  held: unconfirmed ha1, unconfirmed ha2
> t=11        ha1 main=4 backup=0   ha2 main=4 backup=0   R50 sticky  E10 backup  pin ha1/backup  pin ha2/backup  close ha1/main  close ha2/main
t=12 ha1 backup=4 ha2 backup=4
> t=12        ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (override)  E10 backup
t=100 journal stall
> t=100       ha1 main=0 backup=4   ha2 main=0 backup=4   R80 holding (override)  E10 backup  pin ha1/backup  pin ha2/backup
> t=101..103  ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (override)  E10 backup
t=104
> t=104..608  ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (override)  E10 backup
t=609
> t=609       ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (override)  E10 backup
> t=610       ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R50 sticky  E40 main  held: unconfirmed ha1, unconfirmed ha2
> t=611       ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R50 sticky  E60 main  release ha1  release ha2  close ha1/backup  close ha2/backup
t=612 ha1 main=4 ha2 main=4
> t=612       ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
