set confirm off
set width 0
break shop.cpp:20
run
continue
